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
    [InlineData("A,b,n,c,$120,2020-01-01,,", "retail_price_usd must be an amount such as 120 or 99.50", "$120")]
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
    [InlineData(";")]
    [InlineData("\t")]
    public void Only_a_comma_separates_columns(string separator) =>
        Assert.StartsWith("the header lacks", Assert.Single(Read(Header.Replace(",", separator, StringComparison.Ordinal) + "\n").Errors).Reason, StringComparison.Ordinal);

    [Fact]
    public void A_column_of_another_name_or_case_is_left_alone()
    {
        var product = Assert.Single(Read(Header + ",Stock,note\nA,b,n,c,1,2020-01-01,3,x").Products);

        Assert.All(product.Items, item => Assert.Equal(200, item.Stock));
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

        Assert.Equal([new CatalogFileError(3, "the row is not UTF-8", "")], Read(file).Errors);
    }

    private static CatalogFileContent Read(string rows) =>
        Read(Encoding.UTF8.GetBytes(rows.Contains("style_code", StringComparison.Ordinal) ? rows : $"{Header}\n{rows}"));

    private static CatalogFileContent Read(byte[] file) => CatalogFile.Read(new MemoryStream(file), defaultStock: 200, Now);

    private static string Rows(int count, string sizes) =>
        Header + ",sizes\n" + string.Join('\n', Enumerable.Range(1, count).Select(number => $"S{number},b,n,c,1,2020-01-01,{sizes}"));
}
