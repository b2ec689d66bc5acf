import { Drawing } from './Drawing.tsx'

/** A bellows camera on its tripod, the dark cloth thrown back: nothing has been photographed yet. */
export function ViewCamera() {
  return (
    <Drawing>
      <path d="M58 22h26v34H58z" />
      <path d="M84 26l6 3v20l-6 3M90 29l6-2v24l-6-2M96 27l6 3v18l-6 3" />
      <path d="M102 27h7v24h-7z" />
      <path d="M109 33h8v12h-8" />
      <circle cx="121" cy="39" r="4" fill="var(--spot)" stroke="none" />
      <path d="M58 24c-12 2-20 10-22 24-1 8-5 12-10 14 10 3 20 0 26-8 3-4 4-8 6-10" />
      <path d="M50 60h62M78 60v7h10v-7" />
      <path d="M80 67L62 104M86 67l18 37M83 67v34" />
      <path d="M30 104h92" strokeDasharray="1 5" />
    </Drawing>
  )
}
