import { type ErrorCode, TintypeError } from '@tintype/contract'
import { errorText } from '../../data/report-error.ts'

export interface FormErrors<F extends string> {
  fields: Partial<Record<F, string>>
  /** What belongs to no field. */
  form?: string
}

/** Puts an error of the server where the member can mend it. */
export function placeError<F extends string>(
  error: unknown,
  fieldOf: Partial<Record<ErrorCode, F>>,
): FormErrors<F> {
  const text = errorText(error)
  if (!(error instanceof TintypeError)) return { fields: {}, form: text }
  const named = fieldsOf(error)
  if (named) return { fields: named as Partial<Record<F, string>> }
  const field = fieldOf[error.code]
  if (!field) return { fields: {}, form: text }
  const reason = error.details?.reason
  const why = typeof reason === 'string' ? `${text} ${reason}` : text
  return { fields: { [field]: why } as Partial<Record<F, string>> }
}

/** `validation_failed` says of each field what is wrong with it. */
function fieldsOf({ code, details }: TintypeError): object | undefined {
  const fields = details?.fields
  return code === 'validation_failed' && typeof fields === 'object' && fields !== null ? fields : undefined
}
