using System.CommandLine;
using HumanLoop.Cli.Answering;
using HumanLoop.Cli.Input;
using HumanLoop.PostgreSql;

namespace HumanLoop.Cli.Store;

/// <summary><c>humanloop schema</c>: the tables of the PostgreSQL store as a script, for whoever may create them.</summary>
internal sealed class SchemaCommand : Command
{
    private readonly Option<string> _schema = new("--schema") { Description = "The namespace that holds the tables (humanloop).", DefaultValueFactory = _ => "humanloop" };
    private readonly Option<int> _from = new("--from") { Description = "The version to upgrade from (0: there are no tables yet)." };
    private readonly Option<int> _months = new("--months") { Description = "For how many months ahead the journal gets partitions (3).", DefaultValueFactory = _ => 3 };
    private readonly Option<string?> _role = new("--role") { Description = "Also grant the application's role what it needs." };
    private readonly Option<string?> _out = new("--out") { Description = "Write to this file." };

    internal SchemaCommand()
        : base("schema", "Writes the SQL that creates or upgrades the tables of the PostgreSQL store.")
    {
        Option[] options = [_schema, _from, _months, _role, _out];
        foreach (var option in options)
        {
            Add(option);
        }

        SetAction(Run);
    }

    private int Run(ParseResult parsed)
    {
        try
        {
            var (schema, from, role) = (parsed.GetValue(_schema)!, parsed.GetValue(_from), parsed.GetValue(_role));
            if (from < 0 || from > Schema.Current)
            {
                throw new InputException($"--from {from}: expected 0 to {Schema.Current}.");
            }

            var now = TimeProvider.System.GetUtcNow();
            var partitions = Enumerable.Range(0, Math.Max(0, parsed.GetValue(_months))).Select(month => Schema.Partition(schema, now.AddMonths(month), ifMissing: true) + ";\n");
            string[] parts = ["BEGIN;\n", Schema.Script(schema, from), .. partitions, role is null ? "" : Schema.Grants(schema, role), "COMMIT;\n"];
            Output.Write(string.Concat(parts), parsed.GetValue(_out));
            return ExitCodes.Done;
        }
        catch (Exception unusable) when (unusable is InputException or ArgumentException)
        {
            Console.Error.WriteLine(unusable.Message);
            return ExitCodes.UnusableInput;
        }
    }
}
