import { useEffect, useState } from 'react'

/** Typing rests this long before the server is asked. Milliseconds. */
const REST = 150

/** What is being typed, once it has stood for a moment. */
export function useRested(value: string): string {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), REST)
    return () => clearTimeout(timer)
  }, [value])
  return rested
}
