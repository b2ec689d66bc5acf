import { Drawing } from './Drawing.tsx'

/** Empty sheets on a darkroom line, waiting for prints. */
export function DryingLine() {
  return (
    <Drawing>
      <path d="M4 22c40 12 100 12 140 0" />
      <path d="M24 30l-3 34 26 2 3-34z" />
      <path d="M61 34v36h27V34z" />
      <path d="M99 33l3 34 26-3-3-34z" />
      <path d="M34 24v10M74 27v11M113 24v11" strokeWidth="3.5" />
      <path d="M66 60l7-9 5 6 3-3 4 6" stroke="var(--spot)" />
      <circle cx="81" cy="44" r="2.5" stroke="var(--spot)" />
      <path d="M40 92c4-5 9-5 13 0s9 5 13 0 9-5 13 0 9 5 13 0 9-5 13 0" opacity="0.5" />
    </Drawing>
  )
}
