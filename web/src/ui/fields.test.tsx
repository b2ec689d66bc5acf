import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, it, vi } from 'vitest'
import { Button } from './Button.tsx'
import { PasswordField } from './PasswordField.tsx'
import { Segmented } from './Segmented.tsx'
import { Switch } from './Switch.tsx'
import { Tabs } from './Tabs.tsx'
import { TextField } from './TextField.tsx'

function Both() {
  const [tab, setTab] = useState<'posts' | 'saved'>('posts')
  const tabs = [
    { value: 'posts', label: 'Posts' },
    { value: 'saved', label: 'Saved' },
  ] as const
  return (
    <Tabs label="Profile" value={tab} tabs={tabs} onChange={setTab}>
      {tab}
    </Tabs>
  )
}

it('ties the error to its field', () => {
  render(<TextField label="Username" value="" onChange={vi.fn()} error="This username is already taken." />)
  const field = screen.getByLabelText('Username')
  expect(field.getAttribute('aria-invalid')).toBe('true')
  const note = document.getElementById(field.getAttribute('aria-describedby') ?? '')
  expect(note?.textContent).toBe('This username is already taken.')
})

it('shows and hides a password on request', async () => {
  const user = userEvent.setup()
  render(<PasswordField label="Password" autoComplete="new-password" value="secret" onChange={vi.fn()} />)
  const field = screen.getByLabelText('Password')
  expect(field.getAttribute('type')).toBe('password')
  await user.click(screen.getByRole('button', { name: 'Show password' }))
  expect(field.getAttribute('type')).toBe('text')
  expect(screen.getByRole('button', { name: 'Hide password' })).toBeDefined()
})

it('is a switch to screen readers and to the space bar', async () => {
  const user = userEvent.setup()
  const onChange = vi.fn()
  render(<Switch label="Private account" checked={false} onChange={onChange} />)
  screen.getByRole('switch', { name: 'Private account' }).focus()
  await user.keyboard(' ')
  expect(onChange).toHaveBeenCalledWith(true)
})

it('offers few choices as radios', async () => {
  const user = userEvent.setup()
  const onChange = vi.fn()
  const options = [
    { value: 'a', label: 'For you' },
    { value: 'b', label: 'Latest' },
  ] as const
  render(<Segmented label="Order" value="a" options={options} onChange={onChange} />)
  await user.click(screen.getByRole('radio', { name: 'Latest' }))
  expect(onChange).toHaveBeenCalledWith('b')
})

it('takes no press while busy, and says that it is', async () => {
  const user = userEvent.setup()
  const onPress = vi.fn()
  render(<Button label="Save" busy onPress={onPress} />)
  await user.click(screen.getByRole('button', { name: 'Save' }))
  expect(onPress).not.toHaveBeenCalled()
  expect(screen.getByRole('button').getAttribute('aria-busy')).toBe('true')
})

it('moves between tabs by arrow keys', async () => {
  const user = userEvent.setup()
  render(<Both />)
  screen.getByRole('tab', { name: 'Posts' }).focus()
  await user.keyboard('{ArrowRight}')
  expect(screen.getByRole('tab', { name: 'Saved', selected: true })).toBe(document.activeElement)
  expect(screen.getByRole('tabpanel', { name: 'Saved' }).textContent).toBe('saved')
  await user.keyboard('{ArrowRight}')
  expect(screen.getByRole('tab', { name: 'Posts', selected: true })).toBeDefined()
})
