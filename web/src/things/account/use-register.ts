import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../data/client.ts'
import { beginSession } from '../../data/member.ts'
import { checkAccount, type Registration } from './check-account.ts'
import { type FormErrors, placeError } from './field-errors.ts'
import { useErrorFocus } from './use-error-focus.ts'

type FieldName = keyof Registration

const fieldOf = {
  username_taken: 'username',
  username_invalid: 'username',
  username_reserved: 'username',
  email_taken: 'email',
  email_invalid: 'email',
  password_weak: 'password',
  invitation_invalid: 'invitation',
} as const

/** State and sending of the form that makes an account; used by sign-up and by the first run. */
export function useRegister(initial: Partial<Registration>, onDone: () => void) {
  const [values, setValues] = useState<Registration>({
    username: '',
    full_name: '',
    email: '',
    password: '',
    invitation: '',
    ...initial,
  })
  const [errors, setErrors] = useState<FormErrors<FieldName>>({ fields: {} })
  const [failures, setFailures] = useState(0)
  const form = useErrorFocus(failures)
  const fail = (found: FormErrors<FieldName>) => {
    setErrors(found)
    setFailures((known) => known + 1)
  }
  const register = useMutation({
    mutationFn: () => {
      const { invitation, full_name, ...account } = values
      return api.accounts.register({
        body: {
          ...account,
          username: account.username.trim(),
          email: account.email.trim(),
          ...(full_name.trim() ? { full_name: full_name.trim() } : {}),
          ...(invitation.trim() ? { invitation: invitation.trim() } : {}),
        },
      })
    },
    onSuccess: (reply) => {
      beginSession(reply)
      onDone()
    },
    onError: (error) => fail(placeError<FieldName>(error, fieldOf)),
  })
  const set = (name: FieldName) => (value: string) => {
    setValues((known) => ({ ...known, [name]: value }))
    setErrors(({ fields: { [name]: _, ...fields } }) => ({
      fields: fields as FormErrors<FieldName>['fields'],
    }))
  }
  const submit = () => {
    const fields = checkAccount(values)
    if (Object.keys(fields).length > 0) return fail({ fields })
    setErrors({ fields: {} })
    register.mutate()
  }
  return { ref: form, values, errors, set, submit, busy: register.isPending }
}
