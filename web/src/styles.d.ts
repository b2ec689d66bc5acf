import 'react'

declare module 'react' {
  interface CSSProperties {
    /** Custom properties may be set on `style`. */
    [name: `--${string}`]: string | number | undefined
  }
}
