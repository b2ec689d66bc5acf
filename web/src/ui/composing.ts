import type { KeyboardEvent } from 'react'

/** The key belongs to an input method. Safari ends the composition before it tells of the Enter that confirms it; 229 gives it away. */
export const isComposing = ({ nativeEvent }: KeyboardEvent): boolean =>
  nativeEvent.isComposing || nativeEvent.keyCode === 229
