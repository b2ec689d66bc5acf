import { t } from './messages.ts'

/** Minutes; or until tomorrow morning, or until a time that the member says. */
export const lengths = [
  { value: '60', label: t('quiet.hour') },
  ...(['120', '240', '480'] as const).map((value) => ({
    value,
    label: t('quiet.hours', { count: Number(value) / 60 }),
  })),
  { value: 'morning', label: t('quiet.morning') },
  { value: 'time', label: t('quiet.until') },
] as const
export type Length = (typeof lengths)[number]['value']

/** When quiet mode ends that begins now, by the clock of this device. */
export function ends(length: Exclude<Length, 'time'>, now: Date): Date {
  if (length !== 'morning') return new Date(now.getTime() + Number(length) * 60_000)
  const morning = new Date(now)
  morning.setDate(morning.getDate() + 1)
  morning.setHours(8, 0, 0, 0)
  return morning
}
