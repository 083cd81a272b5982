import { accessRoutes } from './routes/access.ts';
import { boardGuardRoutes } from './routes/board-guard.ts';
import { boardHistoryRoutes } from './routes/board-history.ts';
import { boardRoutes } from './routes/boards.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { commitmentRoutes } from './routes/commitments.ts';
import { dependencyRoutes } from './routes/dependencies.ts';
import { importCommitRoutes } from './routes/import-commit.ts';
import { noticeRoutes } from './routes/notices.ts';
import { provisioningRoutes } from './routes/provisioning.ts';
import { chatRoutes } from './routes/chats.ts';
import { insightRoutes } from './routes/insight.ts';
import { organisationRoutes } from './routes/organisation.ts';
import { registerRoutes } from './routes/registers.ts';
import { ritualRoutes } from './routes/rituals.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { setupRoutes } from './routes/setup.ts';
import { thresholdRoutes } from './routes/thresholds.ts';
import type { Route } from './route.ts';

/** The API: dispatch, its description and the access test are all made from this one table. */
export const apiRoutes: readonly Route[] = [
  ...setupRoutes,
  ...accessRoutes,
  ...organisationRoutes,
  ...provisioningRoutes,
  ...thresholdRoutes,
  ...boardRoutes,
  ...boardGuardRoutes,
  ...boardHistoryRoutes,
  ...importCommitRoutes,
  ...commitmentRoutes,
  ...dependencyRoutes,
  ...noticeRoutes,
  ...chatRoutes,
  ...registerRoutes,
  ...calendarRoutes,
  ...ritualRoutes,
  ...insightRoutes,
  ...sessionRoutes,
];
