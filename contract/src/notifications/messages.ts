export interface NotificationMessages {
  /** The badge. */
  'notifications.unread': { count: number }
}
