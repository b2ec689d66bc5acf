export const developerKeys = { apps: ['own-apps'], tokens: ['own-tokens'] }
