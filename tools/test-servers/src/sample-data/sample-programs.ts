/** What a database holds besides tables. `customer_balances` sorts before the view that it reads. */
export const SAMPLE_PROGRAMS = [
  `CREATE VIEW order_totals AS
     SELECT o.order_number, o.customer_number, SUM(d.line_total) AS total
     FROM orders o JOIN order_details d ON d.order_number = o.order_number
     GROUP BY o.order_number, o.customer_number`,
  `CREATE VIEW customer_balances AS
     SELECT c.customer_number, c.customer_name, COALESCE(SUM(t.total), 0) AS ordered
     FROM customers c LEFT JOIN order_totals t ON t.customer_number = c.customer_number
     GROUP BY c.customer_number, c.customer_name`,
  `CREATE TRIGGER payments_after_insert AFTER INSERT ON payments FOR EACH ROW
     INSERT INTO audit_log (table_name, row_key) VALUES ('payments', CONCAT(NEW.customer_number, '/', NEW.check_number))`,
  `CREATE FUNCTION order_total(wanted_order INT UNSIGNED) RETURNS DECIMAL(14, 2) READS SQL DATA
   BEGIN
     DECLARE result DECIMAL(14, 2);
     SELECT SUM(line_total) INTO result FROM order_details WHERE order_number = wanted_order;
     RETURN COALESCE(result, 0); -- an order without lines; its total is '0'
   END`,
  `CREATE PROCEDURE ship_order(IN wanted_order INT UNSIGNED, IN shipped_on DATE)
   BEGIN
     UPDATE orders SET status = 'shipped', shipped_date = shipped_on WHERE order_number = wanted_order;
     IF ROW_COUNT() = 0 THEN
       SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'No such order 📦';
     END IF;
   END`,
  `CREATE EVENT purge_audit_log ON SCHEDULE EVERY 1 DAY STARTS '2026-01-01 03:00:00' ON COMPLETION PRESERVE
     COMMENT 'Keeps ninety days'
     DO DELETE FROM audit_log WHERE changed_at < NOW() - INTERVAL 90 DAY`,
];
