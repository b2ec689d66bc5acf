import manifest from '../../package.json' with { type: 'json' }

/** Of this Tintype, as its package says. */
export const version: string = manifest.version
