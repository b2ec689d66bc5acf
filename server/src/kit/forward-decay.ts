const LANDMARK = Date.UTC(2025, 0, 1)

/**
 * Decay without a job that decays: what happens later weighs more, by a factor that doubles with each half-life (ms), and nothing that
 * stands is touched again (forward decay: Cormode, Shkapenyuk, Srivastava, Xu, 2009). What two sums of such weights have to do with
 * each other is the same as if both had been decayed to now. A double holds a thousand half-lives from the landmark.
 */
export const weightAt = (ms: number, halfLife: number): number => 2 ** ((ms - LANDMARK) / halfLife)
