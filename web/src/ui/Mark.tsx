/** The plate with its clipped corners and the safelight. */
export function Mark({ size = 34 }: { size?: number }) {
  return (
    <svg viewBox="0 0 64 64" width={size} height={size} aria-hidden="true" focusable="false">
      <path
        d="M16 4h32l12 12v32L48 60H16L4 48V16z"
        fill="light-dark(oklch(22% 0.01 60), oklch(95% 0.005 75))"
      />
      <circle cx="32" cy="32" r="13" fill="oklch(60% 0.215 25)" />
    </svg>
  )
}
