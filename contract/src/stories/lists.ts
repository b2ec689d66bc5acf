/**
 * Lists of members that somebody keeps for stories: who sees those for close friends; from whom all are hidden; whose are not
 * to come up for oneself.
 */
export const storyLists = ['close_friends', 'hidden_from', 'muted'] as const
export type StoryList = (typeof storyLists)[number]
