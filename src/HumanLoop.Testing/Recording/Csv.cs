using System.Text;

namespace HumanLoop.Testing.Recording;

/// <summary>Reads comma-separated values by RFC 4180: quoted fields may hold commas, line ends and doubled quotes. Lines may end in LF or CR LF; blank lines are passed over.</summary>
internal sealed class Csv(TextReader reader, string file)
{
    private readonly StringBuilder _field = new();
    private int _line = 1;

    /// <summary>The rows, each with the number of its first line.</summary>
    public IEnumerable<(int Line, IReadOnlyList<string> Fields)> Rows()
    {
        while (Peek() >= 0)
        {
            var (line, fields) = (_line, new List<string>());
            var last = false;
            while (!last)
            {
                fields.Add(Field(line, fields.Count + 1, out last));
            }

            if (fields is not [""])
            {
                yield return (line, fields);
            }
        }
    }

    private string Field(int row, int number, out bool lastOfRow)
    {
        _field.Clear();
        if (Peek() == '"')
        {
            Quoted(row, number);
        }
        else
        {
            while (Peek() is >= 0 and not ',' and not '\n' and not '\r')
            {
                var next = Read();
                _field.Append(next != '"' ? (char)next : throw new DecisionStreamException(file, row, null, $"field {number} has a quote in its middle; a field with quotes is quoted as a whole, and its own quotes are doubled."));
            }
        }

        lastOfRow = Peek() != ',';
        if (!lastOfRow)
        {
            Read();
        }
        else if (Peek() >= 0)
        {
            EndLine(row);
        }

        return _field.ToString();
    }

    private void Quoted(int row, int number)
    {
        Read();
        while (true)
        {
            switch (Read())
            {
                case < 0:
                    throw new DecisionStreamException(file, row, null, $"the quote that opens field {number} is never closed.");
                case '"' when Peek() == '"':
                    Read();
                    _field.Append('"');
                    break;
                case '"':
                    if (Peek() is >= 0 and not ',' and not '\n' and not '\r')
                    {
                        throw new DecisionStreamException(file, row, null, $"field {number} goes on after its closing quote; a comma or the end of the line was expected.");
                    }

                    return;
                case '\n':
                    _line++;
                    _field.Append('\n');
                    break;
                case var character:
                    _field.Append((char)character);
                    break;
            }
        }
    }

    private void EndLine(int row)
    {
        if (Read() == '\r' && Read() != '\n')
        {
            throw new DecisionStreamException(file, row, null, "a carriage return stands alone; lines end in LF or CR LF.");
        }

        _line++;
    }

    private int Peek() => Try(reader.Peek);

    private int Read() => Try(reader.Read);

    private int Try(Func<int> read)
    {
        try
        {
            return read();
        }
        catch (DecoderFallbackException undecodable)
        {
            throw new DecisionStreamException(file, _line, null, "the text is not UTF-8.", undecodable);
        }
    }
}
