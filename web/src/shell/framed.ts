import { createContext, use } from 'react'

/** True below the frame, which has the page's `main` already. */
export const FramedContext = createContext(false)

/** The element a whole screen stands in: the page's `main`, unless the frame is that. */
export const useScreenElement = (): 'main' | 'div' => (use(FramedContext) ? 'div' : 'main')
