import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { t } from '../kit/messages.ts'
import { IconButton } from './IconButton.tsx'
import { TextField, type TextFieldProps } from './TextField.tsx'

type PasswordFieldProps = Omit<TextFieldProps, 'type' | 'action' | 'autoComplete'> & {
  autoComplete: 'current-password' | 'new-password'
}

export function PasswordField(props: PasswordFieldProps) {
  const [shown, setShown] = useState(false)
  return (
    <TextField
      {...props}
      type={shown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      action={
        <IconButton
          icon={shown ? EyeOff : Eye}
          size="small"
          label={shown ? t('password.hide') : t('password.show')}
          onPress={() => setShown(!shown)}
        />
      }
    />
  )
}
