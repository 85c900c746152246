using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using HumanLoop.Csv;

namespace HumanLoop.Cli.Tests.Csv;

public sealed class CsvReaderTests
{
    [Property(MaxTest = 2000)]
    public Property What_a_conforming_writer_writes_is_read_back_cell_for_cell_with_the_line_of_each_record()
    {
        var cell = Gen.Elements('a', ' ', ',', '"', '\r', '\n', 'é', '\0').ArrayOf().Select(characters => new string(characters));
        var record = from cells in cell.NonEmptyListOf()
                     from quoted in Gen.Elements(true, false).ArrayOf(cells.Count)
                     from end in Gen.Elements("\n", "\r\n")
                     from empty in Gen.Frequency((6, Gen.Constant("")), (1, Gen.Elements("\n", "\r\n")))
                     select (Cells: cells.ToArray(), Text: string.Join(',', cells.Zip(quoted, (text, always) => Written(text, always, cells.Count == 1))) + end, Empty: empty);
        var cases = from records in record.ListOf()
                    from step in Gen.Choose(1, 9)
                    select (Records: records, Step: step);
        return Prop.ForAll(cases.ToArbitrary(), each =>
        {
            var text = string.Concat(each.Records.Select(written => written.Text + written.Empty));
            using var reader = new CsvReader(new InSteps(text, each.Step), fault => new InvalidOperationException(fault.ToString()));
            var line = 1;
            foreach (var written in each.Records)
            {
                Assert.True(reader.Read());
                Assert.Equal(written.Cells, reader.Fields);
                Assert.Equal(line, reader.Line);
                line += Lines(written.Text + written.Empty);
            }

            Assert.False(reader.Read());
        });
    }

    [Theory]
    [InlineData("a,b\"c\n", CsvFaultKind.QuoteInside, 1, 1, 2, 0)]
    [InlineData("a\n\nx,\"1\r\n2\",b\"", CsvFaultKind.QuoteInside, 3, 4, 3, 1)]
    [InlineData("a\n \"b\"\n", CsvFaultKind.QuoteInside, 2, 2, 1, 1)]
    [InlineData("a\n\"1\n2\"x\"\n", CsvFaultKind.GoesOn, 2, 3, 1, 1)]
    [InlineData("a\n\"b\" ,c\n", CsvFaultKind.GoesOn, 2, 2, 1, 1)]
    [InlineData("a\n\"1\n2\",\"3\n4", CsvFaultKind.NeverClosed, 2, 3, 2, 1)]
    [InlineData("a\n\"", CsvFaultKind.NeverClosed, 2, 2, 1, 1)]
    [InlineData("a\n\"b\"\"", CsvFaultKind.NeverClosed, 2, 2, 1, 1)]
    [InlineData("a\nb,\"c\"\rd\n", CsvFaultKind.CarriageReturn, 2, 2, 2, 1)]
    [InlineData("a\n\"1\r2\",c\r\r\n", CsvFaultKind.CarriageReturn, 2, 3, 2, 1)]
    [InlineData("a\n\r", CsvFaultKind.CarriageReturn, 2, 2, 1, 1)]
    [InlineData("a,b\"\rc", CsvFaultKind.QuoteInside, 1, 1, 2, 0)]
    internal void What_the_standard_leaves_open_is_refused_with_its_place(string text, CsvFaultKind kind, int record, int line, int field, int before)
    {
        for (var step = 1; step < 9; step++)
        {
            var read = 0;
            var refused = Assert.Throws<RefusedException>(() => Read(new InSteps(text, step), () => read++));
            Assert.Equal((kind, record, line, field), (refused.Fault.Kind, refused.Fault.Record, refused.Fault.Line, refused.Fault.Field));
            Assert.Equal(before, read);
        }
    }

    [Fact]
    public void Records_before_a_refused_one_are_read_and_what_stands_alone_in_quotes_is_text()
    {
        using var reader = new CsvReader(new StringReader("a,\"\r\r\n\r\"\n\"\"\n \n"), fault => new RefusedException(fault));
        Assert.True(reader.Read());
        Assert.Equal(["a", "\r\r\n\r"], reader.Fields);
        Assert.True(reader.Read());
        Assert.Equal(("", 5), (Assert.Single(reader.Fields), reader.Line));
        Assert.True(reader.Read());
        Assert.Equal(" ", Assert.Single(reader.Fields));
        Assert.False(reader.Read());
    }

    [Fact]
    public void A_quote_that_swallows_the_rest_of_a_large_file_is_refused_before_all_of_it_is_in_memory()
    {
        var read = 0;
        var refused = Assert.Throws<RefusedException>(() => Read(new StringReader("a,b\n1,\"2\n" + new string('x', CsvFault.LongestRecord)), () => read++));
        Assert.Equal((CsvFaultKind.TooLong, 2, 1), (refused.Fault.Kind, refused.Fault.Line, read));
    }

    [Fact]
    public void Records_before_bytes_that_are_no_text_are_read_and_the_line_is_told()
    {
        var lines = string.Concat(Enumerable.Range(1, 5000).Select(i => $"{i},\"x\ny\"\r\n"));
        using var text = new StreamReader(new MemoryStream([.. Encoding.UTF8.GetBytes(lines), 0xE9, (byte)'\n']), new UTF8Encoding(true, throwOnInvalidBytes: true), false);
        var read = 0;
        var refused = Assert.Throws<RefusedException>(() => Read(text, () => read++));
        Assert.Equal(CsvFaultKind.NotText, refused.Fault.Kind);

        // As exactly as the decoder works: a block of 4,096 bytes is no more than 400 of these records.
        Assert.InRange(read, 4600, 5000);
        Assert.InRange(refused.Fault.Line, 9200, 10_001);
    }

    private static void Read(TextReader text, Action each)
    {
        using var reader = new CsvReader(text, fault => new RefusedException(fault));
        while (reader.Read())
        {
            each();
        }
    }

    private static string Written(string cell, bool always, bool alone) =>
        always || (alone && cell.Length == 0) || cell.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    private static int Lines(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Count(character => character is '\r' or '\n');

    private sealed class RefusedException(CsvFault fault) : Exception(fault.ToString())
    {
        public CsvFault Fault => fault;
    }

    /// <summary>A text that comes a few characters at a time.</summary>
    private sealed class InSteps(string text, int step) : TextReader
    {
        private int _at;

        public override int Read(Span<char> buffer)
        {
            var count = Math.Min(Math.Min(step, buffer.Length), text.Length - _at);
            text.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            return count;
        }
    }
}
