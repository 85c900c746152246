using System.Text;

namespace HumanLoop.Cli.Input;

/// <summary>Reads records of comma-separated fields, quoted as in RFC 4180; line ends may be CRLF, LF or CR. Not safe for concurrent use.</summary>
internal sealed class CsvReader
{
    private readonly TextReader _reader;
    private readonly string _file;
    private readonly StringBuilder _field = new();
    private readonly List<string> _fields = [];
    private long _nextLine = 1;

    internal CsvReader(TextReader reader, string file) => (_reader, _file) = (reader, file);

    /// <summary>The line on which the last record began, from 1.</summary>
    internal long Line { get; private set; }

    /// <summary>The fields of the last record; overwritten by the next.</summary>
    internal IReadOnlyList<string> Fields => _fields;

    /// <summary>Reads the next record, passing over empty lines.</summary>
    /// <returns>Whether there was one.</returns>
    internal bool Read()
    {
        while (_reader.Peek() is '\r' or '\n')
        {
            EndLine(_reader.Read());
        }

        if (_reader.Peek() < 0)
        {
            return false;
        }

        Line = _nextLine;
        _fields.Clear();
        while (true)
        {
            ReadField();
            _fields.Add(_field.ToString());
            var end = _reader.Read();
            if (end != ',')
            {
                EndLine(end);
                return true;
            }
        }
    }

    private void ReadField()
    {
        _field.Clear();
        if (_reader.Peek() != '"')
        {
            while (_reader.Peek() is >= 0 and not (',' or '\r' or '\n'))
            {
                var character = (char)_reader.Read();
                if (character == '"')
                {
                    throw Unexpected("quotes around the whole field, doubled inside it, but found a quote in the middle");
                }

                _field.Append(character);
            }

            return;
        }

        _reader.Read();
        var opened = _nextLine;
        while (true)
        {
            var character = _reader.Read();
            if (character < 0)
            {
                _nextLine = opened;
                throw Unexpected("a closing quote, but the file ended");
            }

            if (character == '"')
            {
                if (_reader.Peek() != '"')
                {
                    break;
                }

                _reader.Read();
            }

            // A line end inside quotes is part of the field; CRLF counts once, at its LF.
            _nextLine += character == '\n' || (character == '\r' && _reader.Peek() != '\n') ? 1 : 0;
            _field.Append((char)character);
        }

        if (_reader.Peek() is >= 0 and not (',' or '\r' or '\n'))
        {
            throw Unexpected($"a comma or the end of the line after the closing quote, but found '{(char)_reader.Peek()}'");
        }
    }

    private void EndLine(int character)
    {
        if (character < 0)
        {
            return;
        }

        if (character == '\r' && _reader.Peek() == '\n')
        {
            _reader.Read();
        }

        _nextLine++;
    }

    private InputException Unexpected(string expected) =>
        new(_file, _nextLine, (_fields.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture), expected);
}
