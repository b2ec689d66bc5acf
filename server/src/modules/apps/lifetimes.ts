/** Seconds. */
export const accessSeconds = 3600
/** Since it was given: an app that is not used for so long has to be allowed anew. */
export const refreshSeconds = 30 * 86_400
/** A code is on its way through one redirect. */
export const codeSeconds = 60
/** As long as it takes to reach for a phone and log in there. */
export const deviceSeconds = 600
/** Between two questions of a device. */
export const pollSeconds = 5
/** A refresh token that comes again within so many seconds is a retry or another tab, and ends nothing; it is refused all the same. */
export const raceSeconds = 10
