/**
 * Connections of a process beside its pool: those that single `select`s share, one that listens, and one for the engines that live in
 * PostgreSQL too.
 */
export const BESIDE_POOL = { readers: 4, listener: 1, engines: 1 } as const
