import { fitPost, type ChatKind, type ChatPost } from './chat-post.ts';
import { toMatrix } from './to-matrix.ts';
import { toMattermost } from './to-mattermost.ts';
import { toSlack } from './to-slack.ts';
import { toTeams } from './to-teams.ts';

/** What is sent to a chat of a kind, as JSON. */
export function toBody(kind: ChatKind, post: ChatPost, at: number): object {
  switch (kind) {
    case 'slack':
      return toSlack(post);
    case 'teams':
      return toTeams(post);
    case 'mattermost':
      return toMattermost(post);
    case 'matrix':
      return toMatrix(post);
    case 'webhook':
      return { type: 'throughline.messages', timestamp: new Date(at).toISOString(), data: fitPost(post) };
  }
}
