/** The plate with its clipped corners, the letter and the safelight; decoration beside a name. */
export function Mark({ size = 36 }: { size?: number }) {
  return <img src="/favicon.svg" alt="" width={size} height={size} />
}
