--
-- PostgreSQL database dump
--

-- Dumped from database version 16.2

SET statement_timeout = 0;
SET standard_conforming_strings = on;

CREATE FUNCTION public.f() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  insert into audit values ('it''s');
  return new;
end;
$$;

CREATE TABLE public.event_data (
    event_data_id text,
    website_id text,
    website_event_id text,
    data_key text,
    string_value text,
    number_value text,
    date_value text,
    data_type text,
    created_at text
);

CREATE TABLE public.revenue (
    revenue_id text,
    website_id text,
    session_id text,
    event_id text,
    event_name text,
    currency text,
    revenue text,
    created_at text
);

CREATE TABLE public.session (
    session_id text,
    website_id text,
    browser text,
    os text,
    device text,
    screen text,
    language text,
    country text,
    region text,
    city text,
    distinct_id text,
    created_at text
);

CREATE TABLE public.website (
    website_id text,
    name text,
    domain text,
    share_id text,
    created_at text
);

CREATE TABLE public.website_event (
    event_id text,
    website_id text,
    session_id text,
    visit_id text,
    created_at text,
    url_path text,
    url_query text,
    referrer_path text,
    referrer_query text,
    referrer_domain text,
    page_title text,
    event_type text,
    event_name text,
    tag text,
    hostname text,
    lcp text
);

--
-- Data for Name: event_data; Type: TABLE DATA; Schema: public; Owner: umami
--

COPY public.event_data (event_data_id, website_id, website_event_id, data_key, string_value, number_value, date_value, data_type, created_at) FROM stdin;
da7a0000-0000-4000-8000-000000000001	b59e9c65-ae32-47f1-8400-119fcf4861c4	0f0c0000-0000-4000-8000-000000000003	plan	pro	\N	\N	1	2026-01-31 10:03:00+00
da7a0000-0000-4000-8000-000000000002	b59e9c65-ae32-47f1-8400-119fcf4861c4	0f0c0000-0000-4000-8000-000000000007	seats	20.0000	20.0000	\N	2	2026-02-01 09:01:00+00
da7a0000-0000-4000-8000-000000000003	b59e9c65-ae32-47f1-8400-119fcf4861c4	0f0c0000-0000-4000-8000-000000000007	yearly	true	\N	\N	3	2026-02-01 09:01:00+00
da7a0000-0000-4000-8000-000000000004	b59e9c65-ae32-47f1-8400-119fcf4861c4	0f0c0000-0000-4000-8000-000000000007	from	2026-03-01T00:00:00Z	\N	2026-03-01 00:00:00+00	4	2026-02-01 09:01:00+00
\.


--
-- Data for Name: revenue; Type: TABLE DATA; Schema: public; Owner: umami
--

COPY public.revenue (revenue_id, website_id, session_id, event_id, event_name, currency, revenue, created_at) FROM stdin;
4e0e0000-0000-4000-8000-000000000001	b59e9c65-ae32-47f1-8400-119fcf4861c4	5e550000-0000-5000-8000-000000000003	0f0c0000-0000-4000-8000-000000000008	purchase	EUR	49.9000	2026-02-01 09:05:00+00
\.


--
-- Data for Name: session; Type: TABLE DATA; Schema: public; Owner: umami
--

COPY public.session (session_id, website_id, browser, os, device, screen, language, country, region, city, distinct_id, created_at) FROM stdin;
5e550000-0000-5000-8000-000000000001	b59e9c65-ae32-47f1-8400-119fcf4861c4	crios	iOS	mobile	390x844	sv-SE	SE	SE-AB	Stockholm	\N	2026-01-31 10:00:00+00
5e550000-0000-5000-8000-000000000002	b59e9c65-ae32-47f1-8400-119fcf4861c4	firefox	Windows 10	laptop	1920x1080	en-US	US	US-CA	San Francisco	\N	2026-01-31 11:00:00+00
5e550000-0000-5000-8000-000000000003	b59e9c65-ae32-47f1-8400-119fcf4861c4	safari	Mac OS	desktop	2560x1440	de-DE	DE	DE-BE	Berlin	u_42	2026-02-01 09:00:00+00
5e550000-0000-5000-8000-000000000004	b59e9c65-ae32-47f1-8400-119fcf4861c4	chrome	Android OS	mobile	412x915	\N	\N	\N	\N	\N	2026-02-01 09:10:00+00
\.


--
-- Data for Name: website; Type: TABLE DATA; Schema: public; Owner: umami
--

COPY public.website (website_id, name, domain, share_id, created_at) FROM stdin;
b59e9c65-ae32-47f1-8400-119fcf4861c4	Shop	www.shop.example	\N	2025-01-01 00:00:00+00
c0ffee00-ae32-47f1-8400-119fcf4861c4	Other	other.example	\N	2025-01-01 00:00:00+00
\.


--
-- Data for Name: website_event; Type: TABLE DATA; Schema: public; Owner: umami
--

COPY public.website_event (event_id, website_id, session_id, visit_id, created_at, url_path, url_query, referrer_path, referrer_query, referrer_domain, page_title, event_type, event_name, tag, hostname, lcp) FROM stdin;
0f0c0000-0000-4000-8000-000000000001	b59e9c65-ae32-47f1-8400-119fcf4861c4	5e550000-0000-5000-8000-000000000001	71510000-0000-5000-8000-000000000001	2026-01-31 10:00:00.125+00	/	utm_source=newsletter&utm_medium=email&utm_campaign=winter	\N	\N	\N	Home, "sweet" home	1	\N	\N	shop.example	\N
0f0c0000-0000-4000-8000-000000000002	b59e9c65-ae32-47f1-8400-119fcf4861c4	5e550000-0000-5000-8000-000000000001	71510000-0000-5000-8000-000000000001	2026-01-31 10:02:00+00	/pricing	\N	\N	\N	\N	Pricing	1	\N	\N	shop.example	\N
0f0c0000-0000-4000-8000-000000000003	b59e9c65-ae32-47f1-8400-119fcf4861c4	5e550000-0000-5000-8000-000000000001	71510000-0000-5000-8000-000000000001	2026-01-31 10:03:00+00	/pricing	\N	\N	\N	\N	Pricing	2	sign_up	\N	shop.example	\N
0f0c0000-0000-4000-8000-000000000004	b59e9c65-ae32-47f1-8400-119fcf4861c4	5e550000-0000-5000-8000-000000000001	71510000-0000-5000-8000-000000000001	2026-01-31 10:50:00+00	/docs	\N	\N	\N	\N	Docs	1	\N	\N	shop.example	\N
0f0c0000-0000-4000-8000-000000000005	b59e9c65-ae32-47f1-8400-119fcf4861c4	5e550000-0000-5000-8000-000000000002	71510000-0000-5000-8000-000000000002	2026-01-31 11:00:00+00	/	\N	/item	id=1	news.ycombinator.com	Home	1	\N	\N	shop.example	\N
0f0c0000-0000-4000-8000-000000000006	b59e9c65-ae32-47f1-8400-119fcf4861c4	5e550000-0000-5000-8000-000000000003	71510000-0000-5000-8000-000000000003	2026-02-01 09:00:00+00	/pricing	\N	/search	\N	www.google.com	Pricing\nfor teams	1	\N	\N	shop.example	\N
0f0c0000-0000-4000-8000-000000000007	b59e9c65-ae32-47f1-8400-119fcf4861c4	5e550000-0000-5000-8000-000000000003	71510000-0000-5000-8000-000000000003	2026-02-01 09:01:00+00	/pricing	\N	\N	\N	\N	Pricing	2	Plan chosen	autumn	shop.example	\N
0f0c0000-0000-4000-8000-000000000008	b59e9c65-ae32-47f1-8400-119fcf4861c4	5e550000-0000-5000-8000-000000000003	71510000-0000-5000-8000-000000000003	2026-02-01 09:05:00+00	/thanks	\N	\N	\N	\N	Thanks	2	purchase	\N	shop.example	\N
0f0c0000-0000-4000-8000-000000000009	b59e9c65-ae32-47f1-8400-119fcf4861c4	5e550000-0000-5000-8000-000000000004	71510000-0000-5000-8000-000000000004	2026-02-01 09:10:00+00	/	\N	\N	\N	\N	Home	1	\N	\N	shop.example	\N
0f0c0000-0000-4000-8000-00000000000a	b59e9c65-ae32-47f1-8400-119fcf4861c4	5e550000-0000-5000-8000-000000000004	71510000-0000-5000-8000-000000000004	2026-02-01 09:10:02+00	/	\N	\N	\N	\N	Home	5	\N	\N	shop.example	1234.5
0f0c0000-0000-4000-8000-00000000000b	c0ffee00-ae32-47f1-8400-119fcf4861c4	5e550000-0000-5000-8000-000000000009	71510000-0000-5000-8000-000000000009	2026-02-01 09:12:00+00	/	\N	\N	\N	\N	Elsewhere	1	\N	\N	other.example	\N
\.


ALTER TABLE ONLY public.session ADD CONSTRAINT session_pkey PRIMARY KEY (session_id);
