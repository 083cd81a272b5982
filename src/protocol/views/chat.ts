import type { ChatKind, ChatTopic } from '../../domain/notify/chat/chat-post.ts';
import type { Instant } from '../../domain/time.ts';

/** A chat that messages are posted to. Its address is shown to nobody any more: who has it can write there. */
export interface ChatView {
  readonly id: string;
  readonly name: string;
  readonly kind: ChatKind;
  /** null: the organisation's. */
  readonly teamId: string | null;
  readonly teamName: string | null;
  /** Host of the address, and its last four signs. */
  readonly host: string;
  readonly ends: string;
  readonly topics: readonly ChatTopic[];
  readonly state: 'on' | 'paused' | 'stopped';
  /** Why the last post did not arrive; null when it did, or none was made. */
  readonly error: string | null;
  readonly errorAt: Instant | null;
  readonly postedAt: Instant | null;
  /** Posts of which nobody knows whether they arrived: they are not sent again by themselves. */
  readonly unsure: number;
  readonly waiting: number;
}

export interface ChatsView {
  readonly chats: readonly ChatView[];
  /** Where the viewer may add one: the organisation (null) and teams. */
  readonly places: readonly { readonly teamId: string | null; readonly name: string }[];
}

/** A chat that was just added; a signed webhook's secret is shown this once. */
export interface AddedChat extends ChatView {
  readonly secret: string | null;
}
