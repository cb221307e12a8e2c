import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '../fleet'
import { Board } from '../pages/board'
import { Shell } from '../pages/shell'
import { plantedPassword } from '../secrets'

test('passwords of a password manager are previewed, saved in the keychain and tried by "Sign in to all"', async ({
  launchFleet,
}) => {
  const { fleet, first } = await launchFleet()
  const { page } = fleet
  const [board, shell] = [new Board(fleet), new Shell(fleet)]
  await board.signInToAll()
  await expect(board.attention).toContainText('(5)')
  const [wrong, none, other] = [first('wrong-password'), first('no-password'), first('fine')]
  const file = join(fleet.profile, 'manager.csv')
  const rows = [
    'name,url,username,password',
    `Work,${wrong.url}/portal,${wrong.username.toUpperCase()},${plantedPassword}`,
    `Work,${none.url},${none.username},${plantedPassword}`,
    `Work,${other.url},somebody,${plantedPassword}`,
    `Private,https://bank.example.com,me,${plantedPassword}`,
  ]
  await writeFile(file, rows.join('\n'))

  const add = page.getByRole('button', { name: 'Add to the workspace' })
  await fleet.answerDialogs([file])
  await add.click()
  await page.getByRole('menuitem', { name: 'Import passwords…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Passwords in manager.csv' })
  await expect(dialog.getByRole('row', { name: wrong.name })).toContainText('Save')
  await expect(dialog.getByRole('row', { name: other.name })).toContainText(`Other username · The server is used as`)
  await expect(dialog.getByRole('row', { name: 'bank.example.com' })).toContainText('No server with this address')
  expect(await page.content()).not.toContain(plantedPassword)
  await dialog.getByRole('button', { name: 'Save 2 passwords' }).click()
  await expect(shell.notice('2 passwords saved in the keychain')).toContainText('Delete manager.csv')
  await expect(board.attention).toContainText('(3)')
  await board.root.getByRole('button', { name: 'Sign in to all' }).click()
  await board.filter.fill(`server:"${wrong.name}","${none.name}"`)
  await expect(board.cell(wrong.name, 'state')).toHaveText(/^Signed in/)
  await expect(board.cell(none.name, 'state')).toHaveText(/^Signed in/)

  await page.mouse.move(0, 0)
  await writeFile(file, 'title,notes\na,b\n')
  await fleet.answerDialogs([file])
  await add.click()
  await page.getByRole('menuitem', { name: 'Import passwords…' }).click()
  await expect(shell.notice('The file was not imported')).toContainText('no column for the address')
})
