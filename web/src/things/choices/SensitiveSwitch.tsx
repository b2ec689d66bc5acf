import { Switch } from '../../ui/Switch.tsx'
import { t } from './messages.ts'

interface SensitiveSwitchProps {
  marked: boolean
  onChange: (marked: boolean) => void
}

/** Whether a post of one's own is covered until somebody asks to see it. */
export const SensitiveSwitch = ({ marked, onChange }: SensitiveSwitchProps) => (
  <Switch label={t('sensitive.label')} hint={t('sensitive.hint')} checked={marked} onChange={onChange} />
)
