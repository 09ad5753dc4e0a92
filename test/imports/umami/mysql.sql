-- MySQL dump 10.13  Distrib 8.4.2, for Linux (x86_64)
--
-- Host: localhost    Database: umami
-- ------------------------------------------------------

/*!40101 SET NAMES utf8mb4 */;

DROP TABLE IF EXISTS `event_data`;
CREATE TABLE `event_data` (
  `event_data_id` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `website_id` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `website_event_id` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `data_key` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `string_value` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `number_value` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `date_value` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `data_type` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `created_at` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  PRIMARY KEY (`event_data_id`),
  KEY `x` (`website_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `event_data` WRITE;
/*!40000 ALTER TABLE `event_data` DISABLE KEYS */;
INSERT INTO `event_data` VALUES ('da7a0000-0000-4000-8000-000000000001','b59e9c65-ae32-47f1-8400-119fcf4861c4','0f0c0000-0000-4000-8000-000000000003','plan','pro',NULL,NULL,1,'2026-01-31 10:03:00'),('da7a0000-0000-4000-8000-000000000002','b59e9c65-ae32-47f1-8400-119fcf4861c4','0f0c0000-0000-4000-8000-000000000007','seats','20.0000',20.0000,NULL,2,'2026-02-01 09:01:00'),('da7a0000-0000-4000-8000-000000000003','b59e9c65-ae32-47f1-8400-119fcf4861c4','0f0c0000-0000-4000-8000-000000000007','yearly','true',NULL,NULL,3,'2026-02-01 09:01:00'),('da7a0000-0000-4000-8000-000000000004','b59e9c65-ae32-47f1-8400-119fcf4861c4','0f0c0000-0000-4000-8000-000000000007','from','2026-03-01T00:00:00Z',NULL,'2026-03-01 00:00:00+00',4,'2026-02-01 09:01:00');
/*!40000 ALTER TABLE `event_data` ENABLE KEYS */;
UNLOCK TABLES;

DROP TABLE IF EXISTS `revenue`;
CREATE TABLE `revenue` (
  `revenue_id` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `website_id` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `session_id` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `event_id` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `event_name` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `currency` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `revenue` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `created_at` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  PRIMARY KEY (`revenue_id`),
  KEY `x` (`website_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `revenue` WRITE;
/*!40000 ALTER TABLE `revenue` DISABLE KEYS */;
INSERT INTO `revenue` VALUES ('4e0e0000-0000-4000-8000-000000000001','b59e9c65-ae32-47f1-8400-119fcf4861c4','5e550000-0000-5000-8000-000000000003','0f0c0000-0000-4000-8000-000000000008','purchase','EUR',49.9000,'2026-02-01 09:05:00');
/*!40000 ALTER TABLE `revenue` ENABLE KEYS */;
UNLOCK TABLES;

DROP TABLE IF EXISTS `session`;
CREATE TABLE `session` (
  `session_id` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `website_id` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `browser` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `os` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `device` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `screen` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `language` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `country` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `region` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `city` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `distinct_id` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `created_at` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  PRIMARY KEY (`session_id`),
  KEY `x` (`website_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `session` WRITE;
/*!40000 ALTER TABLE `session` DISABLE KEYS */;
INSERT INTO `session` VALUES ('5e550000-0000-5000-8000-000000000001','b59e9c65-ae32-47f1-8400-119fcf4861c4','crios','iOS','mobile','390x844','sv-SE','SE','SE-AB','Stockholm',NULL,'2026-01-31 10:00:00'),('5e550000-0000-5000-8000-000000000002','b59e9c65-ae32-47f1-8400-119fcf4861c4','firefox','Windows 10','laptop','1920x1080','en-US','US','US-CA','San Francisco',NULL,'2026-01-31 11:00:00'),('5e550000-0000-5000-8000-000000000003','b59e9c65-ae32-47f1-8400-119fcf4861c4','safari','Mac OS','desktop','2560x1440','de-DE','DE','DE-BE','Berlin','u_42','2026-02-01 09:00:00'),('5e550000-0000-5000-8000-000000000004','b59e9c65-ae32-47f1-8400-119fcf4861c4','chrome','Android OS','mobile','412x915',NULL,NULL,NULL,NULL,NULL,'2026-02-01 09:10:00');
/*!40000 ALTER TABLE `session` ENABLE KEYS */;
UNLOCK TABLES;

DROP TABLE IF EXISTS `website`;
CREATE TABLE `website` (
  `website_id` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `name` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `domain` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `share_id` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `created_at` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  PRIMARY KEY (`website_id`),
  KEY `x` (`name`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `website` WRITE;
/*!40000 ALTER TABLE `website` DISABLE KEYS */;
INSERT INTO `website` VALUES ('b59e9c65-ae32-47f1-8400-119fcf4861c4','Shop','www.shop.example',NULL,'2025-01-01 00:00:00'),('c0ffee00-ae32-47f1-8400-119fcf4861c4','Other','other.example',NULL,'2025-01-01 00:00:00');
/*!40000 ALTER TABLE `website` ENABLE KEYS */;
UNLOCK TABLES;

DROP TABLE IF EXISTS `website_event`;
CREATE TABLE `website_event` (
  `event_id` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `website_id` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `session_id` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `visit_id` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `created_at` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `url_path` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `url_query` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `referrer_path` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `referrer_query` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `referrer_domain` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `page_title` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `event_type` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `event_name` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `tag` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `hostname` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  `lcp` varchar(500) COLLATE utf8mb4_unicode_ci DEFAULT NULL COMMENT 'a, b',
  PRIMARY KEY (`event_id`),
  KEY `x` (`website_id`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

LOCK TABLES `website_event` WRITE;
/*!40000 ALTER TABLE `website_event` DISABLE KEYS */;
INSERT INTO `website_event` VALUES ('0f0c0000-0000-4000-8000-000000000001','b59e9c65-ae32-47f1-8400-119fcf4861c4','5e550000-0000-5000-8000-000000000001','71510000-0000-5000-8000-000000000001','2026-01-31 10:00:00.125','/','utm_source=newsletter&utm_medium=email&utm_campaign=winter',NULL,NULL,NULL,'Home, \"sweet\" home',1,NULL,NULL,'shop.example',NULL),('0f0c0000-0000-4000-8000-000000000002','b59e9c65-ae32-47f1-8400-119fcf4861c4','5e550000-0000-5000-8000-000000000001','71510000-0000-5000-8000-000000000001','2026-01-31 10:02:00','/pricing',NULL,NULL,NULL,NULL,'Pricing',1,NULL,NULL,'shop.example',NULL),('0f0c0000-0000-4000-8000-000000000003','b59e9c65-ae32-47f1-8400-119fcf4861c4','5e550000-0000-5000-8000-000000000001','71510000-0000-5000-8000-000000000001','2026-01-31 10:03:00','/pricing',NULL,NULL,NULL,NULL,'Pricing',2,'sign_up',NULL,'shop.example',NULL),('0f0c0000-0000-4000-8000-000000000004','b59e9c65-ae32-47f1-8400-119fcf4861c4','5e550000-0000-5000-8000-000000000001','71510000-0000-5000-8000-000000000001','2026-01-31 10:50:00','/docs',NULL,NULL,NULL,NULL,'Docs',1,NULL,NULL,'shop.example',NULL),('0f0c0000-0000-4000-8000-000000000005','b59e9c65-ae32-47f1-8400-119fcf4861c4','5e550000-0000-5000-8000-000000000002','71510000-0000-5000-8000-000000000002','2026-01-31 11:00:00','/',NULL,'/item','id=1','news.ycombinator.com','Home',1,NULL,NULL,'shop.example',NULL),('0f0c0000-0000-4000-8000-000000000006','b59e9c65-ae32-47f1-8400-119fcf4861c4','5e550000-0000-5000-8000-000000000003','71510000-0000-5000-8000-000000000003','2026-02-01 09:00:00','/pricing',NULL,'/search',NULL,'www.google.com','Pricing\nfor teams',1,NULL,NULL,'shop.example',NULL),('0f0c0000-0000-4000-8000-000000000007','b59e9c65-ae32-47f1-8400-119fcf4861c4','5e550000-0000-5000-8000-000000000003','71510000-0000-5000-8000-000000000003','2026-02-01 09:01:00','/pricing',NULL,NULL,NULL,NULL,'Pricing',2,'Plan chosen','autumn','shop.example',NULL),('0f0c0000-0000-4000-8000-000000000008','b59e9c65-ae32-47f1-8400-119fcf4861c4','5e550000-0000-5000-8000-000000000003','71510000-0000-5000-8000-000000000003','2026-02-01 09:05:00','/thanks',NULL,NULL,NULL,NULL,'Thanks',2,'purchase',NULL,'shop.example',NULL),('0f0c0000-0000-4000-8000-000000000009','b59e9c65-ae32-47f1-8400-119fcf4861c4','5e550000-0000-5000-8000-000000000004','71510000-0000-5000-8000-000000000004','2026-02-01 09:10:00','/',NULL,NULL,NULL,NULL,'Home',1,NULL,NULL,'shop.example',NULL),('0f0c0000-0000-4000-8000-00000000000a','b59e9c65-ae32-47f1-8400-119fcf4861c4','5e550000-0000-5000-8000-000000000004','71510000-0000-5000-8000-000000000004','2026-02-01 09:10:02','/',NULL,NULL,NULL,NULL,'Home',5,NULL,NULL,'shop.example',1234.5),('0f0c0000-0000-4000-8000-00000000000b','c0ffee00-ae32-47f1-8400-119fcf4861c4','5e550000-0000-5000-8000-000000000009','71510000-0000-5000-8000-000000000009','2026-02-01 09:12:00','/',NULL,NULL,NULL,NULL,'Elsewhere',1,NULL,NULL,'other.example',NULL);
/*!40000 ALTER TABLE `website_event` ENABLE KEYS */;
UNLOCK TABLES;

-- Dump completed on 2026-02-02 10:00:00
