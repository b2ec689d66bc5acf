import { attackPatterns, countOne } from '../kit/tallies.ts'

/** What scanners send. None of it does anything here; how much of it comes says that somebody looks for holes. */
const patterns = {
  sql: /\bunion\s+(?:all\s+)?select\b|'\s*or\s+'?1'?\s*=\s*'?1|;\s*drop\s+table\b|\bsleep\(\d/i,
  script: /<script\b|\bonerror\s*=|javascript:/i,
  traversal: /\.\.[/\\]\.\.[/\\]|\/etc\/passwd|\bboot\.ini\b/i,
  template: /\$\{jndi:|\{\{\s*\d+\s*\*\s*\d+/i,
  probe:
    /\/(?:wp-(?:login|admin|content)|phpmyadmin|\.env|\.git\/|cgi-bin\/|vendor\/phpunit)|\.(?:php|aspx?|jsp)(?:$|[?/])/i,
}

/** Attacks stand at the beginning, or come often. */
const LOOKED_AT = 4096

export function countAttackPatterns(text: string): void {
  const looked = text.length > LOOKED_AT ? text.slice(0, LOOKED_AT) : text
  for (const [name, pattern] of Object.entries(patterns))
    if (pattern.test(looked)) countOne(attackPatterns, name)
}

/** Of an address that was refused, or has something encoded in it; others are ours. */
export function countAddress(url: string, status: number): void {
  if (status < 400 && !url.includes('%')) return
  countAttackPatterns(plain(url))
}

function plain(url: string): string {
  try {
    return decodeURIComponent(url)
  } catch {
    return url
  }
}
