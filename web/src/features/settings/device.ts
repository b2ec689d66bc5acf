import { t } from './messages.ts'

const browsers: [RegExp, string][] = [
  [/\bEdg\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bChrome\/|\bCriOS\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]
const systems: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
]
const first = (userAgent: string, table: [RegExp, string][]) =>
  table.find(([pattern]) => pattern.test(userAgent))?.[1]

/** `Firefox on Linux`; what an app calls itself where it is no browser. */
export function deviceName(userAgent: string): string {
  const browser = first(userAgent, browsers)
  const system = first(userAgent, systems)
  if (browser && system) return t('sessions.device', { browser, system })
  return browser ?? system ?? (userAgent.split(/[/ (]/)[0] || t('sessions.unknown'))
}
