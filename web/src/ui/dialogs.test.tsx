import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, it, vi } from 'vitest'
import { ActionMenu } from './ActionMenu.tsx'
import { Button } from './Button.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { Dialog } from './Dialog.tsx'

function WithDialog() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button label="Open" onPress={() => setOpen(true)} />
      <Dialog open={open} onClose={() => setOpen(false)} title="Likes">
        <Button label="Inside" />
      </Dialog>
    </>
  )
}

function WithMenu({ onChoose }: { onChoose: () => void }) {
  const [open, setOpen] = useState(false)
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button label="Options" onPress={() => setOpen(true)} />
      <ActionMenu
        open={open}
        onClose={() => setOpen(false)}
        label="Options"
        actions={[{ label: 'Delete', tone: 'danger', onPress: () => setAsking(true) }, false]}
      />
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title="Delete?"
        text="For good."
        action="Yes, delete"
        onConfirm={onChoose}
      />
    </>
  )
}

it('takes focus in, closes by Esc and gives focus back', async () => {
  const user = userEvent.setup()
  render(<WithDialog />)
  await user.click(screen.getByRole('button', { name: 'Open' }))
  const dialog = await screen.findByRole('dialog', { name: 'Likes' })
  expect(dialog.contains(document.activeElement)).toBe(true)
  await user.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Open' })))
})

it('closes by its cross', async () => {
  const user = userEvent.setup()
  render(<WithDialog />)
  await user.click(screen.getByRole('button', { name: 'Open' }))
  await user.click(await screen.findByRole('button', { name: 'Close' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

it('leads from a menu to a question and back to where it began', async () => {
  const user = userEvent.setup()
  const onChoose = vi.fn()
  render(<WithMenu onChoose={onChoose} />)
  await user.click(screen.getByRole('button', { name: 'Options' }))
  await user.click(await screen.findByRole('button', { name: 'Delete' }))
  await screen.findByRole('alertdialog', { name: 'Delete?' })
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Cancel' }))
  await user.click(screen.getByRole('button', { name: 'Yes, delete' }))
  expect(onChoose).toHaveBeenCalledOnce()
  await user.keyboard('{Escape}')
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Options' })))
})
