using nietras.SeparatedValues;

namespace HumanLoop.Csv;

/// <summary>Reads records of comma-separated fields, quoted as in RFC 4180, and refuses whatever that standard leaves open; line ends may be CRLF or LF. Not
/// safe for concurrent use.</summary>
/// <param name="reader">The text.</param>
/// <param name="refuse">Makes the exception for what cannot be read.</param>
/// <remarks>Sep finds the ends of fields and records. It takes a quote anywhere and a carriage return alone as well; what it is given and what it finds is
/// checked here.</remarks>
internal sealed class CsvReader(TextReader reader, Func<CsvFault, Exception> refuse) : IDisposable
{
    private readonly CsvText _text = new(reader);
    private readonly List<string> _fields = [];
    private SepReader? _records;
    private int _next = 1;

    /// <summary>The line on which the last record began, from 1.</summary>
    internal int Line { get; private set; }

    /// <summary>The fields of the last record; overwritten by the next.</summary>
    internal IReadOnlyList<string> Fields => _fields;

    public void Dispose()
    {
        _records?.Dispose();
        _text.Dispose();
    }

    /// <summary>Reads the next record, passing over empty lines.</summary>
    /// <returns>Whether there was one.</returns>
    internal bool Read()
    {
        while (MoveNext())
        {
            var record = _records!.Current;
            (Line, _next) = (_next, record.LineNumberToExcl);
            var isCut = _text.End is not null && _next > _text.Line;
            if (isCut && _text.End == CsvFaultKind.NotText)
            {
                break;
            }

            _fields.Clear();
            for (var i = 0; i < record.ColCount; i++)
            {
                _fields.Add(Field(record, i));
            }

            if (isCut)
            {
                throw refuse(new(CsvFaultKind.CarriageReturn, Line, _text.Line, _fields.Count));
            }

            if (record.Span.Length > 0)
            {
                return true;
            }
        }

        return _text.End == CsvFaultKind.NotText ? throw refuse(new(CsvFaultKind.NotText, Line, _text.Line, 1, Cause: _text.Cause)) : false;
    }

    private bool MoveNext()
    {
        try
        {
            _records ??= Sep.New(',').Reader(options => options with { HasHeader = false, DisableColCountCheck = true }).From(_text);
            return _records.MoveNext();
        }
        catch (NotSupportedException tooLong)
        {
            throw refuse(new(CsvFaultKind.TooLong, _next, _next, 1, Cause: tooLong));
        }
    }

    private string Field(SepReader.Row record, int index)
    {
        var raw = record[index].Span;
        var quote = raw.IndexOf('"');
        if (quote < 0)
        {
            return raw.ToString();
        }

        if (quote > 0)
        {
            throw Fault(CsvFaultKind.QuoteInside, record, index, 0);
        }

        for (var at = 1; ; at += 2)
        {
            var next = raw[at..].IndexOf('"');
            if (next < 0)
            {
                throw Fault(CsvFaultKind.NeverClosed, record, index, 0);
            }

            at += next;
            if (at == raw.Length - 1)
            {
                return raw[1..at].ToString().Replace("\"\"", "\"", StringComparison.Ordinal);
            }

            if (raw[at + 1] != '"')
            {
                throw Fault(CsvFaultKind.GoesOn, record, index, at, raw[at + 1]);
            }
        }
    }

    /// <summary>Names a place in a record.</summary>
    private Exception Fault(CsvFaultKind kind, SepReader.Row record, int index, int at, char found = default)
    {
        var line = Line + Breaks(record[index].Span[..at]);
        for (var i = 0; i < index; i++)
        {
            line += Breaks(record[i].Span);
        }

        return refuse(new(kind, Line, line, index + 1, found));
    }

    /// <summary>How many lines end in a text: CRLF counts once.</summary>
    private static int Breaks(ReadOnlySpan<char> text) => text.Count('\n') + text.Count('\r') - text.Count("\r\n");
}
