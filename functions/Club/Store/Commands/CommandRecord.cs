using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Club.Kernel;

namespace Club.Store;

/// <summary>That a command was carried out, and with what answer: created in the commit that carries it out, and never changed.</summary>
public sealed record CommandRecord : IStored<CommandRecord>
{
    public required string Key { get; init; }
    public string? Scope { get; init; }
    public required string Content { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Who asked; null when nobody was named.</summary>
    public string? Author { get; init; }

    /// <summary>The body of the answer, as it goes out. Nothing personal is in it.</summary>
    public required JsonElement Answer { get; init; }

    public static CommandRecord Of<T>(Command command, string? author, DateTimeOffset at, T answer) => new()
    {
        Key = command.Key,
        Scope = command.Scope,
        Content = command.Content,
        At = at,
        Author = author,
        Answer = JsonSerializer.SerializeToElement(answer, ClubJson.Answers),
    };

    /// <summary>The answer of then, when the same is asked for.</summary>
    public Outcome<Answered<T>> Again<T>(Command command) => command.Content == Content
        ? new Answered<T>(Answer.Deserialize<T>(ClubJson.Answers)!, IsRepeat: true)
        : command.OtherContent();

    public static string IdOf(string key, string? scope = null) => scope is null ? Ids.Derived("c", key) : Ids.Derived("c", scope, key);

    static string IStored<CommandRecord>.DocumentType => "command";
    static JsonTypeInfo<CommandRecord> IStored<CommandRecord>.JsonType => StoreDocuments.Default.CommandRecord;
    [JsonIgnore] public string DocumentId => IdOf(Key, Scope);
    [JsonIgnore] public IndexKeys Index => IndexKeys.None;
}
