import { createT } from './i18n.ts'
import { accountMessages } from './messages/account.ts'
import { frameMessages } from './messages/frame.ts'
import { peopleMessages } from './messages/people.ts'
import { postMessages } from './messages/post.ts'
import { storyMessages } from './messages/stories.ts'

/** Every label of the app that is not the composer's own; a feature loaded late may bring a table of its own. */
export const messages = {
  ...frameMessages,
  ...accountMessages,
  ...postMessages,
  ...peopleMessages,
  ...storyMessages,
} as const

export const t = createT(messages)
