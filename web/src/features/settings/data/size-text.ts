const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** `1.2 MB` */
export function sizeText(bytes: number): string {
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), units.length - 1)
  const format = { style: 'unit', unit: units[step] ?? 'byte', maximumFractionDigits: 1 } as const
  return new Intl.NumberFormat('en', format).format(bytes / 1000 ** step)
}
