/** `minorswing/messages`: what the user is to be told, once. `import * as messages` reads best. */
export {
  type MessageStorage,
  type MessageStorageClass,
  type MessageStorageSettings,
  type UserMessage,
} from "../conf/message-storage.ts";
export {
  addMessage,
  debug,
  error,
  getLevel,
  getMessages,
  info,
  MessageFailure,
  type MessageOptions,
  setLevel,
  success,
  warning,
} from "./api.ts";
export { BaseStorage, type RetrievedMessages, type StoreOptions } from "./base-storage.ts";
export { messagesContext } from "./context-processor.ts";
export { CookieStorage } from "./cookie-storage.ts";
export { FallbackStorage } from "./fallback-storage.ts";
export { DEBUG, DEFAULT_LEVELS, DEFAULT_TAGS, ERROR, INFO, SUCCESS, WARNING } from "./levels.ts";
export { Message } from "./message.ts";
export { MessagesNotStored, messagesMiddleware } from "./middleware.ts";
export { SessionStorage } from "./session-storage.ts";
