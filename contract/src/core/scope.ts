/** What a member lets an app do for them. Each is one line of the consent page. */
export const scopes = ['read', 'write', 'follow', 'messages', 'push', 'moderation'] as const
export type Scope = (typeof scopes)[number]

/** What an app's token needs. `open`: nothing, as nobody is asked who they are; `never`: no app gets there, whatever it was allowed. */
export type Reach = Scope | 'open' | 'never'

export const isScope = (word: string): word is Scope => (scopes as readonly string[]).includes(word)

/** Whether what was allowed is enough. */
export const reaches = (allowed: ReadonlySet<Scope>, wanted: Reach): boolean =>
  wanted === 'open' || (wanted !== 'never' && allowed.has(wanted))

/** For people who write apps; a member reads the words of the consent page. */
export const scopeSummaries: Readonly<Record<Scope, string>> = {
  read: 'See what the member sees: feeds, posts, stories, profiles, search, notifications.',
  write: 'Post, comment, like, save, add stories, go live, report, and change the profile.',
  follow:
    'Follow, block, mute, choose close friends and favourites, answer follow requests, and see those lists.',
  messages: 'Read and write direct messages.',
  push: 'Have pushes sent to a device, and choose which.',
  moderation: 'Do what moderators do, where the member is one. Not what admins and owners do.',
}
