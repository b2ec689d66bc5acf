import { createT } from '@tintype/contract/core/texts'

/** What members are told of archives, in mails. */
export const t = createT({
  hello: 'Hello {name},',
  'export.subject': 'Your archive is ready',
  'export.line': 'Everything that you gave to {community}, and got there, is in one file now ({size}).',
  'export.until': 'It can be downloaded until {when}. Then it is deleted here.',
  'export.action': 'Download it',
  'export.note': 'If you did not ask for it, change your password, and look where you are logged in.',
})

/** `12 MB` */
export function sizeText(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  const format = { style: 'unit', unit: units[step] ?? 'byte', maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat('en', format).format(bytes / 1000 ** step)
}
