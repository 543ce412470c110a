using System.Text;
using LiveShop.Domain;

namespace LiveShop.Tests;

public sealed class CatalogFileTests
{
    private const string Header = "style_code,brand,name,colorway,retail_price_usd,release_date";
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_row_is_a_product_in_the_default_sizes_with_the_default_stock()
    {
        var product = Assert.Single(Read("339960-01,Puma,Speedcat Jet Black,Jet Black/Jet Black,280,2020-04-09").Products);

        Assert.Equal(("339960-01", "Puma", "Speedcat Jet Black", "Jet Black/Jet Black", 280m), (product.Sku, product.Brand, product.Name, product.Colorway, product.Price));
        Assert.Equal(["339960-01-6", "339960-01-6.5", "339960-01-7"], product.Items.Take(3).Select(item => item.Sku));
        Assert.Equal((15, 6m, 13m), (product.Items.Count, product.Items[0].Size, product.Items[^1].Size));
        Assert.All(product.Items, item => Assert.Equal(200, item.Stock));
    }

    [Fact]
    public void Sizes_and_stock_are_taken_from_their_columns_where_they_are_filled()
    {
        var products = Read(Header + ",sizes,stock\nA,b,n,c,1,2020-01-01,7;6.5,3\nB,b,n,c,1,2020-01-01,,").Products;

        Assert.Equal([new("A-6.5", 6.5m, 3), new("A-7", 7m, 3)], products[0].Items);
        Assert.Equal((15, 200), (products[1].Items.Count, products[1].Items[0].Stock));
    }

    [Fact]
    public void Columns_may_come_in_any_order()
    {
        var product = Assert.Single(Read("release_date,name,brand,style_code,colorway,retail_price_usd\n2020-01-01,n,b,A,c,99.50").Products);

        Assert.Equal(("A", "b", "n", 99.5m), (product.Sku, product.Brand, product.Name, product.Price));
    }

    [Fact]
    public void A_release_date_in_the_future_schedules_the_release_for_midnight_UTC()
    {
        var products = Read("A,b,n,c,1,2026-11-22\nB,b,n,c,1,2026-11-21").Products;

        Assert.Equal(new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero), products[0].ScheduledAt);
        Assert.Null(products[1].ScheduledAt);
    }

    [Theory]
    [InlineData(CatalogFile.MostProducts, "6")]
    [InlineData(300, "1;2;3;4;5")]
    public void A_file_within_the_limits_is_read(int rows, string sizes) => Assert.Equal(rows, Read(Rows(rows, sizes)).Products.Count);

    [Fact]
    public void A_file_that_is_too_much_for_one_import_is_refused_with_one_error()
    {
        var many = Enumerable.Range(1, 100).Select(size => (size / 2m).ToString(System.Globalization.CultureInfo.InvariantCulture));

        foreach (var file in new[] { Rows(CatalogFile.MostProducts + 10, "6"), Rows(1010, string.Join(';', many)) })
        {
            var content = Read(file);

            Assert.Contains("import it in parts", Assert.Single(content.Errors).Reason, StringComparison.Ordinal);
            Assert.Empty(content.Products);
        }
    }

    [Fact]
    public void A_byte_order_mark_CRLF_blanks_and_quoted_commas_are_understood()
    {
        var file = $"{Header}\r\n A , b ,\"Air, \"\"Max\"\" 1\",\"wei\u00df/gr\u00fcn\",1,2020-01-01\r\n";

        var product = Assert.Single(Read([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(file)]).Products);

        Assert.Equal(("A", "b", "Air, \"Max\" 1", "wei\u00df/gr\u00fcn"), (product.Sku, product.Brand, product.Name, product.Colorway));
    }

    [Fact]
    public void The_end_of_the_real_list_is_read_as_it_stands()
    {
        var products = Read(
            """
            339960-01,Puma,Puma Speedcat Motorsport Porsche Design Jet Black,Jet Black/Jet Black,280,2020-04-09
            339960-02,Puma,Puma Speedcat Motorsport Porsche Design Navy,Navy Blazer/Navy Blazer,280,2020-04-09
            339967-02,Puma,Puma Speedcat Lux Porsche Design Grey,High Rise/High Rise,150,2020-04-09
            """).Products;

        Assert.Equal((3, 45), (products.Count, products.Sum(product => product.Items.Count)));
    }

    [Theory]
    [InlineData(",b,n,c,1,2020-01-01,,", "style_code is missing", "")]
    [InlineData("A,,n,c,1,2020-01-01,,", "brand is missing", "")]
    [InlineData("A,b,  ,c,1,2020-01-01,,", "name is missing", "")]
    [InlineData("A,b,n,,1,2020-01-01,,", "colorway is missing", "")]
    [InlineData("A,b,\"n\u0007\",c,1,2020-01-01,,", "name has a control character", "n\u0007")]
    [InlineData("A,b,n,c,,2020-01-01,,", "retail_price_usd must be an amount such as 120 or 99.50", "")]
    [InlineData("A,b,n,c,-1,2020-01-01,,", "retail_price_usd must be an amount such as 120 or 99.50", "-1")]
    [InlineData("A,b,n,c,1.234,2020-01-01,,", "retail_price_usd must be an amount such as 120 or 99.50", "1.234")]
    [InlineData("A,b,n,c,€120,2020-01-01,,", "retail_price_usd must be an amount such as 120 or 99.50", "€120")]
    [InlineData("A,b,n,c,100000000,2020-01-01,,", "retail_price_usd must be an amount such as 120 or 99.50", "100000000")]
    [InlineData("A,b,n,c,1,,,", "release_date must be a date such as 2026-11-21", "")]
    [InlineData("A,b,n,c,1,21.11.2026,,", "release_date must be a date such as 2026-11-21", "21.11.2026")]
    [InlineData("A,b,n,c,1,2026-02-30,,", "release_date must be a date such as 2026-11-21", "2026-02-30")]
    [InlineData("A,b,n,c,1,2020-01-01,6;six,", "sizes must be different numbers from 0.5 to 60 such as 6;6.5;7", "6;six")]
    [InlineData("A,b,n,c,1,2020-01-01,6;6.0,", "sizes must be different numbers from 0.5 to 60 such as 6;6.5;7", "6;6.0")]
    [InlineData("A,b,n,c,1,2020-01-01,0.4,", "sizes must be different numbers from 0.5 to 60 such as 6;6.5;7", "0.4")]
    [InlineData("A,b,n,c,1,2020-01-01,60.5,", "sizes must be different numbers from 0.5 to 60 such as 6;6.5;7", "60.5")]
    [InlineData("A,b,n,c,1,2020-01-01,6.25,", "sizes must be different numbers from 0.5 to 60 such as 6;6.5;7", "6.25")]
    [InlineData("A,b,n,c,1,2020-01-01,6;,", "sizes must be different numbers from 0.5 to 60 such as 6;6.5;7", "6;")]
    [InlineData("A,b,n,c,1,2020-01-01,,-1", "stock must be a whole number from 0 to 1000000", "-1")]
    [InlineData("A,b,n,c,1,2020-01-01,,1.5", "stock must be a whole number from 0 to 1000000", "1.5")]
    [InlineData("A,b,n,c,1,2020-01-01,,1000001", "stock must be a whole number from 0 to 1000000", "1000001")]
    public void A_bad_row_is_refused_with_its_number_the_reason_and_the_value(string row, string reason, string value)
    {
        var content = Read($"{Header},sizes,stock\nOK,b,n,c,1,2020-01-01,,\n{row}");

        Assert.Equal([new CatalogFileError(3, reason, value)], content.Errors);
    }

    [Theory]
    [InlineData("style_code", 60)]
    [InlineData("brand", 60)]
    [InlineData("name", 120)]
    [InlineData("colorway", 120)]
    public void A_text_that_is_too_long_is_refused(string column, int longest)
    {
        string Row(int length) => string.Join(',', Header.Split(',').Select(name =>
            name == column ? new string('x', length) : name switch { "retail_price_usd" => "1", "release_date" => "2020-01-01", _ => "y" }));

        Assert.Empty(Read(Row(longest)).Errors);
        Assert.Equal($"{column} is longer than {longest} characters", Assert.Single(Read(Row(longest + 1)).Errors).Reason);
    }

    [Fact]
    public void Everything_that_is_wrong_is_listed_at_once_and_products_are_of_the_good_rows()
    {
        var content = Read("A,b,n,c,free,someday\nB,b,n,c,1,2020-01-01\nC,,n,c,1,2020-01-01\nB,b,n,c,1,2020-01-01");

        Assert.Equal(["B"], content.Products.Select(product => product.Sku));
        Assert.Equal(
            [
                "row 2: release_date must be a date such as 2026-11-21: 'someday'",
                "row 2: retail_price_usd must be an amount such as 120 or 99.50: 'free'",
                "row 4: brand is missing: ''",
                "row 5: the style code stands in row 3 already: 'B'",
            ],
            content.Errors.Select(error => error.ToString()));
    }

    [Fact]
    public void Rows_without_a_style_code_are_not_called_doubles() =>
        Assert.Equal(["style_code is missing", "style_code is missing"], Read(",b,n,c,1,2020-01-01\n,b,n,c,1,2020-01-01").Errors.Select(error => error.Reason));

    [Fact]
    public void A_quote_that_is_never_closed_is_refused() => Assert.NotEmpty(Read("A,\"b,n,c,1,2020-01-01\nB,b,n,c,1,2020-01-01\n").Errors);

    [Fact]
    public void A_row_is_numbered_by_the_line_where_it_begins_counting_line_breaks_in_quotes_and_empty_lines()
    {
        var content = Read("A,b,\"n\r\nn\",c,1,2020-01-01\r\n\r\nB,,n,c,1,2020-01-01");

        Assert.Equal(["row 2: name has a control character: 'n\r\nn'", "row 5: brand is missing: ''"], content.Errors.Select(error => error.ToString()));
    }

    [Theory]
    [InlineData(';', "semicolons")]
    [InlineData('\t', "tabs")]
    [InlineData('|', "bars")]
    [InlineData(',', "commas")]
    public void The_separator_is_that_of_the_header(char separator, string name)
    {
        var content = Read(Encoding.UTF8.GetBytes($"{Header}\nA,b,n,c,1,2020-01-01".Replace(',', separator)));

        Assert.Equal("A", Assert.Single(content.Products).Sku);
        Assert.Equal($"UTF-8, separated by {name}", content.Format);
    }

    [Fact]
    public void A_first_line_may_name_the_separator()
    {
        var content = Read(Encoding.UTF8.GetBytes($"sep=;\r\n{Header.Replace(',', ';')}\r\nA;b;n;c;1;2020-01-01\r\nB;;n;c;1;2020-01-01"));

        Assert.Equal("A", Assert.Single(content.Products).Sku);
        Assert.Equal([new CatalogFileError(4, "brand is missing", "")], content.Errors);
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    public void An_encoding_that_is_certain_is_read(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        var bytes = encoding.GetBytes($"{Header}\nA,b,n,gr\u00fcn,1,2020-01-01\n");

        var product = Assert.Single(Read(mark ? [.. encoding.Preamble, .. bytes] : bytes).Products);

        Assert.Equal("gr\u00fcn", product.Colorway);
    }

    [Theory]
    [InlineData("129,90", "129.90")]
    [InlineData("129,9", "129.9")]
    [InlineData("1.299,00", "1299")]
    [InlineData("1,299.00", "1299")]
    [InlineData("129.90", "129.90")]
    [InlineData("$220", "220")]
    [InlineData("$ 1,299.50", "1299.50")]
    public void Where_semicolons_separate_an_amount_is_read_as_spreadsheets_write_it(string written, string price) =>
        Assert.Equal(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture), Assert.Single(Read(Encoding.UTF8.GetBytes(Header.Replace(',', ';') + $"\nA;b;n;c;{written};2020-01-01")).Products).Price);

    [Theory]
    [InlineData("1,299")]
    [InlineData("1.2,50")]
    [InlineData("1,2,3")]
    [InlineData("12,345.6.7")]
    public void An_amount_that_can_be_read_in_two_ways_or_in_none_is_refused_as_it_stands(string written) => Assert.Equal(
        [new CatalogFileError(2, "retail_price_usd must be an amount such as 120 or 99.50", written)],
        Read(Encoding.UTF8.GetBytes(Header.Replace(',', ';') + $"\nA;b;n;c;{written};2020-01-01")).Errors);

    [Theory]
    [InlineData("style_code,brand,name,colorway,release_date,retail_price_usd\nA,b,n,c,2020-01-01,129,90")]
    [InlineData("style_code,brand,name,colorway,release_date,retail_price_usd\nA,b,n,c,2020-01-01,1,299.00")]
    [InlineData(Header + ",stock\nA,b,n,c,1,2020-01-01,1,200")]
    [InlineData(Header + "\nA,b,n,c,1,2020-01-01,,,x")]
    public void A_row_with_more_fields_than_columns_is_refused(string file) =>
        Assert.Contains("more fields than the header has columns: decimal comma or thousands separator?", Assert.Single(Read(file).Errors).Reason, StringComparison.Ordinal);

    [Fact]
    public void Empty_fields_behind_the_last_column_are_none() => Assert.Single(Read("A,b,n,c,1,2020-01-01,,,").Products);

    [Fact]
    public void A_known_name_is_known_in_any_case_and_with_blanks()
    {
        var product = Assert.Single(Read(Encoding.UTF8.GetBytes("Style Code,BRAND,Name,colorway\u200b,Retail-Price-USD,release_date,Stock\nA,b,n,c,1,2020-01-01,7")).Products);

        Assert.Equal(7, product.Items[0].Stock);
    }

    [Theory]
    [InlineData("notes", "the column 'notes' is not known; correct its name, or ignore it by name")]
    [InlineData("Stocks", "the column 'Stocks' is not known (did you mean stock?); correct its name, or ignore it by name")]
    [InlineData("Quantity", "the column 'Quantity' is not known; correct its name, or ignore it by name")]
    [InlineData("BRAND", "the header has brand twice")]
    public void A_column_that_is_not_known_or_there_twice_refuses_the_file(string column, string reason) =>
        Assert.Equal(reason, Assert.Single(Read($"{Header},{column}\nA,b,n,c,1,2020-01-01,x").Errors).Reason);

    [Fact]
    public void A_column_is_left_alone_where_that_is_asked_for() =>
        Assert.Single(Read($"{Header},Notes,Season\nA,b,n,c,1,2020-01-01,x,y", new() { IgnoreColumns = "notes, season" }).Products);

    [Fact]
    public void Columns_under_other_names_are_read_as_what_they_are_mapped_to()
    {
        var options = new CatalogFileOptions { Map = "Vendor=brand, Title=name,SKU=style_code,Price=retail_price_usd,Color=colorway,Date=release_date", DateFormat = "M/d/yy" };

        var product = Assert.Single(Read(Encoding.UTF8.GetBytes("Title,Vendor,SKU,Price,Color,Date\nYeezy 350, adidas,BB1,$220,black,9/24/16"), options).Products);

        Assert.Equal(("BB1", "adidas", "Yeezy 350", "black", 220m), (product.Sku, product.Brand, product.Name, product.Colorway, product.Price));
    }

    [Theory]
    [InlineData("Vendor=brnd", "'Vendor=brnd' maps to no column: it must be one of style_code, brand, name, colorway, retail_price_usd, release_date, sizes, stock")]
    [InlineData("Maker=brand", "the header has no column 'Maker' to be read as brand")]
    [InlineData("Vendor", "'Vendor=' maps to no column: it must be one of style_code, brand, name, colorway, retail_price_usd, release_date, sizes, stock")]
    public void A_map_that_makes_no_sense_refuses_the_file(string map, string reason) => Assert.Contains(
        reason, Read(Encoding.UTF8.GetBytes("style_code,Vendor,name,colorway,retail_price_usd,release_date\nA,b,n,c,1,2020-01-01"), new() { Map = map }).Errors.Select(error => error.Reason));

    [Theory]
    [InlineData("M/yyyy")]
    [InlineData("%")]
    [InlineData("now")]
    public void A_date_format_that_names_no_day_refuses_the_file(string format) =>
        Assert.StartsWith("the date format must have", Assert.Single(Read("A,b,n,c,1,2020-01-01", new() { DateFormat = format }).Errors).Reason, StringComparison.Ordinal);

    [Fact]
    public void Rows_of_separators_are_no_rows()
    {
        var content = Read("A,b,n,c,1,2020-01-01\n,,,,,\n ,, ,,,\nB,,n,c,1,2020-01-01\n,,,,,");

        Assert.Single(content.Products);
        Assert.Equal([new CatalogFileError(5, "brand is missing", "")], content.Errors);
        Assert.Equal("the file has no rows", Assert.Single(Read(",,,,,\n,,,,,").Errors).Reason);
    }

    [Fact]
    public void A_quote_that_is_never_closed_is_refused_where_it_opens_whatever_column_it_is_in()
    {
        var content = Read($"{Header},notes\nA,b,n,c,1,2020-01-01,x\nB,b,n,c,1,2020-01-01,\"y\nC,b,n,c,1,2020-01-01,z", new() { IgnoreColumns = "notes" });

        Assert.Equal("A", Assert.Single(content.Products).Sku);
        Assert.Equal((3, "the quote that opens in this row is never closed"), (Assert.Single(content.Errors).Row, content.Errors[0].Reason));
    }

    [Fact]
    public void Inches_are_text() => Assert.Equal("Boot 6\"", Assert.Single(Read("A,b,Boot 6\",c,1,2020-01-01").Products).Name);

    [Theory]
    [InlineData("Z-10", "z-10")]
    [InlineData("Z-10", "Z\u200b-10")]
    [InlineData("Z-10", "\u00a0Z-10\ufeff")]
    [InlineData("Z 10", "Z\u00a010")]
    public void Style_codes_that_look_alike_are_the_same(string one, string other)
    {
        var content = Read($"{one},b,n,c,1,2020-01-01\n{other},b,n,c,1,2020-01-01");

        Assert.Equal(one, Assert.Single(content.Products).Sku);
        Assert.Equal("the style code stands in row 2 already", Assert.Single(content.Errors).Reason);
    }

    [Fact]
    public void Nothing_is_free_without_being_meant_to_be()
    {
        Assert.Equal("retail_price_usd is 0: nothing is given away without being asked to", Assert.Single(Read("A,b,n,c,0.00,2020-01-01").Errors).Reason);
        Assert.Equal(0, Assert.Single(Read("A,b,n,c,0,2020-01-01", new() { AllowFree = true }).Products).Price);
    }

    [Fact]
    public void A_row_that_is_too_short_is_refused() =>
        Assert.Equal("retail_price_usd must be an amount such as 120 or 99.50", Read("A,b,n").Errors.Single(error => error.Reason.StartsWith("retail", StringComparison.Ordinal)).Reason);

    [Theory]
    [InlineData("", 1, "the file is empty")]
    [InlineData(Header, 1, "the file has no rows")]
    [InlineData("style_code,brand,colorway,release_date\nA,b,c,2020-01-01", 1, "the header lacks name, retail_price_usd")]
    public void A_file_without_header_or_rows_is_refused(string file, int row, string reason)
    {
        var error = Assert.Single(Read(Encoding.UTF8.GetBytes(file)).Errors);

        Assert.Equal((row, reason), (error.Row, error.Reason));
    }

    [Fact]
    public void A_file_that_is_not_UTF_8_is_refused_at_the_row_where_it_is_not()
    {
        var file = Encoding.Latin1.GetBytes($"{Header}\nA,b,n,c,1,2020-01-01\nB,b,n,gr\u00fcn,1,2020-01-01\n");

        Assert.Equal([new CatalogFileError(3, "the row is neither UTF-8 nor marked as UTF-16, perhaps Windows-1252; save the file as \"CSV UTF-8\"", "")], Read(file).Errors);
    }

    private static CatalogFileContent Read(string rows, CatalogFileOptions? options = null) =>
        Read(Encoding.UTF8.GetBytes(rows.Contains("style_code", StringComparison.Ordinal) ? rows : $"{Header}\n{rows}"), options);

    private static CatalogFileContent Read(byte[] file, CatalogFileOptions? options = null) => CatalogFile.Read(file, options ?? CatalogFileOptions.Default, Now);

    private static string Rows(int count, string sizes) =>
        Header + ",sizes\n" + string.Join('\n', Enumerable.Range(1, count).Select(number => $"S{number},b,n,c,1,2020-01-01,{sizes}"));
}
