/** The tables of the sample database, in an order that foreign keys allow. Understood by MySQL and MariaDB alike. */
export const SAMPLE_TABLES = [
  `CREATE TABLE offices (
    office_code CHAR(3) CHARACTER SET ascii NOT NULL PRIMARY KEY,
    city VARCHAR(50) NOT NULL,
    country VARCHAR(50) NOT NULL,
    opening_hours JSON NOT NULL
  )`,
  `CREATE TABLE employees (
    employee_number INT UNSIGNED NOT NULL PRIMARY KEY,
    first_name VARCHAR(50) NOT NULL,
    last_name VARCHAR(50) NOT NULL,
    email VARCHAR(100) NOT NULL UNIQUE,
    office_code CHAR(3) CHARACTER SET ascii NOT NULL,
    reports_to INT UNSIGNED,
    hired_on DATE NOT NULL,
    FOREIGN KEY (office_code) REFERENCES offices (office_code),
    FOREIGN KEY (reports_to) REFERENCES employees (employee_number)
  )`,
  `CREATE TABLE product_lines (
    product_line VARCHAR(50) NOT NULL PRIMARY KEY,
    description TEXT,
    picture BLOB
  )`,
  `CREATE TABLE products (
    product_code VARCHAR(15) NOT NULL PRIMARY KEY,
    product_name VARCHAR(100) NOT NULL,
    product_line VARCHAR(50) NOT NULL,
    attributes JSON NOT NULL,
    quantity_in_stock SMALLINT NOT NULL,
    buy_price DECIMAL(10, 2) NOT NULL,
    list_price DECIMAL(10, 2) NOT NULL,
    margin DECIMAL(10, 2) GENERATED ALWAYS AS (list_price - buy_price) STORED,
    KEY (margin),
    FOREIGN KEY (product_line) REFERENCES product_lines (product_line)
  )`,
  `CREATE TABLE customers (
    customer_number INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    customer_name VARCHAR(100) NOT NULL,
    contact_name VARCHAR(100) NOT NULL,
    phone VARCHAR(30),
    country VARCHAR(50) NOT NULL,
    credit_limit DECIMAL(12, 2),
    preferred_channel ENUM('e-mail', 'phone', 'post', 'owner''s visit'),
    interests SET('cars', 'ships', 'trains', 'planes') NOT NULL DEFAULT '',
    notes TEXT,
    sales_representative INT UNSIGNED,
    registered_at DATETIME(6) NOT NULL,
    KEY (customer_name),
    FOREIGN KEY (sales_representative) REFERENCES employees (employee_number)
  )`,
  `CREATE TABLE orders (
    order_number INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    customer_number INT UNSIGNED NOT NULL,
    order_date DATE NOT NULL,
    shipped_date DATE,
    status ENUM('in process', 'shipped', 'disputed', 'cancelled') NOT NULL,
    comments TEXT,
    placed_at TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    KEY (order_date),
    FOREIGN KEY (customer_number) REFERENCES customers (customer_number)
  )`,
  `CREATE TABLE order_details (
    order_number INT UNSIGNED NOT NULL,
    order_line_number TINYINT UNSIGNED NOT NULL,
    product_code VARCHAR(15) NOT NULL,
    quantity_ordered INT NOT NULL,
    price_each DECIMAL(10, 2) NOT NULL,
    weight_kg DOUBLE,
    line_total DECIMAL(12, 2) GENERATED ALWAYS AS (quantity_ordered * price_each) VIRTUAL,
    PRIMARY KEY (order_number, order_line_number),
    FOREIGN KEY (order_number) REFERENCES orders (order_number),
    FOREIGN KEY (product_code) REFERENCES products (product_code)
  )`,
  `CREATE TABLE payments (
    customer_number INT UNSIGNED NOT NULL,
    check_number VARCHAR(50) NOT NULL,
    payment_date DATE NOT NULL,
    amount DECIMAL(19, 4) NOT NULL,
    is_refund BIT(1) NOT NULL,
    signature BINARY(32) NOT NULL,
    PRIMARY KEY (customer_number, check_number),
    FOREIGN KEY (customer_number) REFERENCES customers (customer_number)
  )`,
  `CREATE TABLE documents (
    document_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
    title VARCHAR(200) NOT NULL,
    content MEDIUMBLOB NOT NULL,
    reading_time TIME(3) NOT NULL,
    edition YEAR NOT NULL
  ) COMMENT = 'Every byte value occurs in \`content\`'`,
  `CREATE TABLE page_views (
    viewed_at DATETIME NOT NULL,
    path VARCHAR(200) NOT NULL,
    referrer VARCHAR(200)
  ) COMMENT = 'No key, and rows that occur more than once'`,
  `CREATE TABLE audit_log (
    audit_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    table_name VARCHAR(64) NOT NULL,
    row_key VARCHAR(200) NOT NULL,
    changed_at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)
  ) COMMENT = 'Empty until the trigger fires'`,
];
