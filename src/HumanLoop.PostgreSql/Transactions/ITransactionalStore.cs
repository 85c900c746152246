namespace HumanLoop.PostgreSql;

/// <summary>A store in whose transactions the application's rows can be written too.</summary>
internal interface ITransactionalStore
{
    CallersTransactions Transactions { get; }
}
