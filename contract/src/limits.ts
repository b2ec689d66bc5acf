const MB = 1024 * 1024
const HOUR = 3600
const DAY = 24 * HOUR

/** What a request may carry. Server and web check against the same numbers; texts are counted in code points (`textLength`). */
export const limits = {
  caption: 2200,
  comment: 2200,
  bio: 150,
  fullName: 64,
  altText: 1000,
  placeName: 100,
  communityName: 60,
  communityDescription: 300,
  hashtag: 100,
  hashtagsPerCaption: 30,
  mentionsPerCaption: 20,
  /** Characters of a video's captions, and how many there may be. */
  captions: 200_000,
  captionCues: 5000,
  /** Parts that one film is put together of. */
  filmClips: 30,
  carousel: 10,
  photoBytes: 30 * MB,
  photoPixels: 100_000_000,
  photoMinEdge: 16,
  /** Unless a community says otherwise. */
  videoBytes: 300 * MB,
  /** Seconds; the same. */
  videoSeconds: HOUR,
  storyVideoSeconds: 60,
  storyFilmZoom: 4,
  voiceBytes: 30 * MB,
  voiceSeconds: 300,
  /** Of the waveform. */
  voiceBars: 64,
  passwordMin: 8,
  passwordMax: 256,
  usernameMin: 3,
  usernameMax: 30,
  /** Seconds that a story is seen. */
  storyLife: DAY,
  stickers: 10,
  stickerQuestion: 100,
  stickerOptions: 4,
  stickerOption: 40,
  stickerAnswer: 300,
  stickerUrl: 500,
  /** Of joined emoji, such as a family. */
  emoji: 16,
  highlights: 100,
  highlightTitle: 30,
  highlightStories: 100,
  /** Members in the list of close friends, and in that of those from whom stories are hidden. */
  storyList: 1000,
  message: 4000,
  /** Of the message that another one answers, as it is shown above it. */
  messageExcerpt: 140,
  messagePhotos: 10,
  /** Seconds in which a message can be edited. */
  messageEditable: 900,
  /** Seconds that a message lasts which is to go after a day, and that one waits at most which is to be seen once. */
  messageDay: DAY,
  viewOnceWaits: 14 * DAY,
  /** Seconds for which what is seen once can be fetched after it was opened. */
  viewOnceOpen: 60,
  groupMembers: 32,
  groupName: 60,
  /** Members and conversations that one thing is sent to at once. */
  shareRecipients: 20,
  pinnedConversations: 9,
  pinnedComments: 3,
  pinnedPosts: 3,
  taggedPeople: 20,
  filteredWords: 200,
  filteredWord: 50,
  /** What moderators write, and what is written to them. */
  moderationNote: 1000,
  /** Of what was reported, as it was then. */
  moderationExcerpt: 300,
  pageDefault: 20,
  pageMax: 50,
} as const

/** Token buckets: `burst` tokens, refilled evenly over `per` seconds; keyed by member or by address. */
export const rateLimits = {
  request: { by: 'member', burst: 1000, per: HOUR },
  /** The same for what apps ask in a member's name, so that none of them locks the member out. */
  app: { by: 'member', burst: 1000, per: HOUR },
  anonymous: { by: 'address', burst: 1000, per: HOUR },
  register: { by: 'address', burst: 10, per: HOUR },
  login: { by: 'address', burst: 20, per: HOUR },
  /** Where a logged-in member proves themself by password. */
  password: { by: 'member', burst: 20, per: HOUR },
  /** Of links and codes that come by mail: asking for them, and using them. */
  mail_link: { by: 'address', burst: 20, per: HOUR },
  /** Mails that a member has sent to themself. */
  mail: { by: 'member', burst: 10, per: HOUR },
  post: { by: 'member', burst: 50, per: DAY },
  story: { by: 'member', burst: 100, per: DAY },
  upload: { by: 'member', burst: 200, per: DAY },
  comment: { by: 'member', burst: 200, per: HOUR },
  like: { by: 'member', burst: 500, per: HOUR },
  /** Passing on and taking back. */
  repost: { by: 'member', burst: 100, per: HOUR },
  follow: { by: 'member', burst: 200, per: HOUR },
  message: { by: 'member', burst: 1000, per: HOUR },
  report: { by: 'member', burst: 60, per: HOUR },
  /** Codes, tokens and what else apps ask of `/oauth`; many members may come by one server. */
  oauth: { by: 'address', burst: 3000, per: HOUR },
  /** Apps made known, by a member or by themselves, and tokens that members make. */
  app_register: { by: 'address', burst: 20, per: HOUR },
  /** Codes of devices that a member types. */
  device_code: { by: 'member', burst: 30, per: HOUR },
  /** Archives of one's data. */
  export: { by: 'member', burst: 3, per: DAY },
  import: { by: 'member', burst: 20, per: DAY },
  live: { by: 'member', burst: 20, per: DAY },
  live_comment: { by: 'member', burst: 600, per: HOUR },
  /** Private links made. */
  link: { by: 'member', burst: 100, per: DAY },
  /** Private links opened, and passwords tried at them. */
  link_open: { by: 'address', burst: 600, per: HOUR },
  link_password: { by: 'address', burst: 30, per: HOUR },
  /** Conversations begun, members added, invitations followed. */
  conversation: { by: 'member', burst: 100, per: HOUR },
} as const satisfies Record<string, { by: 'member' | 'address'; burst: number; per: number }>

/**
 * Wrong passwords for one account, from wherever they come. After `free` of them within a day (`forgottenAfter`, seconds since the last),
 * places the account does not know wait before each try: `firstWait` seconds, then twice as long with each failure, at most `longestWait`.
 */
export const loginGuard = { free: 10, firstWait: 1, longestWait: 900, forgottenAfter: DAY } as const

/** Seconds for which a proof that it is the member is fresh enough for what is dangerous. */
export const PROOF_SECONDS = 600

/**
 * The second step of a log-in. A challenge takes so many tries within so many seconds. After `free` wrong codes in a row an account's
 * app is not asked again for `wait` seconds, whoever tries: who gets so far knows the password. Recovery codes cannot be guessed.
 */
export const secondStep = { tries: 5, seconds: 600, free: 10, wait: 900 } as const

export type RateLimitName = keyof typeof rateLimits
