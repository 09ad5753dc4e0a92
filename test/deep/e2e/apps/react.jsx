// biome-ignore lint/correctness/noUndeclaredDependencies: the test bundles the package from its source
import { init, track } from '@footfall/tracker'
import { StrictMode, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { createBrowserRouter, createHashRouter, Link, Navigate, Outlet, redirect, useNavigate } from 'react-router'
import { RouterProvider } from 'react-router/dom'

const { script, hash } = window.settings

const addToCart = () => track('add_to_cart', { value: 20, items: [{ item_id: 'MUG' }] })

const Shop = () => {
  const navigate = useNavigate()
  useEffect(() => init({ src: script, site: 'localhost', hash, debug: true }), [])
  return (
    <>
      <Link to="/mug">Mug</Link>
      <Link to="/mug?size=l">Large</Link>
      <Link to="/account">Account</Link>
      <Link to="/orders">Orders</Link>
      <button type="button" onClick={() => navigate(-1)}>
        Back
      </button>
      <Outlet />
    </>
  )
}

const Mug = () => (
  <>
    <h1>Mug</h1>
    <button type="button" onClick={addToCart}>
      Add
    </button>
  </>
)

const create = hash ? createHashRouter : createBrowserRouter

const router = create([
  {
    path: '/',
    element: <Shop />,
    children: [
      { index: true, element: <h1>Home</h1> },
      { path: 'mug', element: <Mug /> },
      { path: 'account', loader: () => redirect('/login') },
      { path: 'orders', element: <Navigate to="/login" replace /> },
      { path: 'login', element: <h1>Login</h1> },
    ],
  },
])

createRoot(document.querySelector('main')).render(
  <StrictMode>
    <RouterProvider router={router} />
  </StrictMode>,
)
