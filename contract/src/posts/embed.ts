/** CSS pixels of a post in somebody else's page: how wide it is unless asked otherwise, and how high what stands around the picture. */
export const embedSize = { width: 480, around: 132 } as const
