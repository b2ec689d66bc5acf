import { limits } from '@tintype/contract'
import { t } from './messages.ts'

export interface Registration {
  username: string
  full_name: string
  email: string
  password: string
  invitation: string
}

const USERNAME = /^(?!.*\.\.)[a-z0-9_](?:[a-z0-9_.]*[a-z0-9_])?$/i
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

type Problems = Partial<Record<keyof Registration, string>>

/** All that can be said about a new account without asking the server, which has the last word. */
export function checkAccount({ username, email, password }: Registration): Problems {
  const name = username.trim().replace(/^@/, '')
  const { usernameMin: min, usernameMax: max, passwordMin } = limits
  const problems: Problems = {}
  if (!email.trim()) problems.email = t('field.required')
  else if (!EMAIL.test(email.trim())) problems.email = t('field.emailBad')
  if (!name) problems.username = t('field.required')
  else if (name.length < min || name.length > max || !USERNAME.test(name))
    problems.username = t('field.usernameBad', { min, max })
  if (!password) problems.password = t('field.required')
  else if (password.length < passwordMin) problems.password = t('password.short', { min: passwordMin })
  return problems
}
