/** The first of these types that this device records; undefined: none, or nothing at all. */
export const recordableType = (types: readonly string[]): string | undefined =>
  typeof MediaRecorder === 'undefined' ? undefined : types.find((type) => MediaRecorder.isTypeSupported(type))
