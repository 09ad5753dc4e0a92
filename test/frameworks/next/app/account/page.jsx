import { redirect } from 'next/navigation'

export default () => redirect('/login')
