import { Drawing } from '../../../ui/drawings/Drawing.tsx'

/** Three plates fanned out, the first one waiting for its picture. */
export function PrintsDrawing() {
  return (
    <Drawing>
      <path d="M40 30l-18 6 18 54 14-5" />
      <path d="M108 30l18 6-18 54-14-5" />
      <path d="M46 20h56v72H46z" />
      <path d="M53 27h42v46H53z" strokeDasharray="1 5" />
      <path d="M74 42v16M66 50h16" stroke="var(--spot)" strokeWidth="2" />
      <path d="M62 82h24" />
      <path d="M30 104h88" strokeDasharray="1 5" />
    </Drawing>
  )
}
