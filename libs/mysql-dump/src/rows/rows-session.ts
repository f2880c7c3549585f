/**
 * Values arrive as the bytes that are stored, in whatever character set, and definitions as they are kept. MySQL may else
 * hide the primary keys that it generates. A bound between two chunks may be a date that is none, such as 2024-02-31.
 */
export const ROWS_SESSION =
  "SET character_set_results = NULL, sql_mode = 'STRICT_ALL_TABLES,ALLOW_INVALID_DATES' " +
  '/*!80011 , show_create_table_verbosity = OFF */ /*!80030 , show_gipk_in_create_table_and_information_schema = ON */';
