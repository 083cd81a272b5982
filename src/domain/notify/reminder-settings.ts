/** Thresholds of what people are told (tracking.md T3, I9). */
export interface ReminderSettings {
  /** Reminders of one subject to one person in a day, and mails about it. */
  readonly perSubjectADay: number;
  /** Mails to one person in any seven days, unless that person chose otherwise. */
  readonly mailsAWeek: number;
  /** Days after a silence began until the team's lead hears of it. */
  readonly leadAfterDays: number;
  /** Days after a silence began until the sponsor hears of it. */
  readonly sponsorAfterDays: number;
}

export const defaultReminders: ReminderSettings = {
  perSubjectADay: 1,
  mailsAWeek: 10,
  leadAfterDays: 7,
  sponsorAfterDays: 14,
};
