using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Functions.Local.Hosting;

/// <summary>The settings <c>Local__…</c> of the one-process host.</summary>
public sealed class LocalOptions : IValidatableObject
{
    public const string Section = "Local";

    /// <summary>Holds the queue's and the club's files. One host at a time uses it.</summary>
    [Required]
    public string DataDirectory { get; set; } = ".club";

    /// <summary>The address both servers listen on. Anything but loopback wants a proxy in front: the host speaks no TLS.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>0: any free port.</summary>
    [Range(0, 65535)]
    public int HttpPort { get; set; } = 7071;

    /// <summary>0: any free port.</summary>
    [Range(0, 65535)]
    public int AmqpPort { get; set; } = 5672;

    /// <summary>Who may use the queue: name → <c>key:claims</c> or <c>key:claims:sources</c>, claims being <c>Send</c>, <c>Listen</c> or
    /// <c>Manage</c>, comma separated, as the sources are.</summary>
    public Dictionary<string, string> QueueKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether others than this machine reach it.</summary>
    public bool IsOpen => !IPAddress.IsLoopback(IPAddress.Parse(Address));

    /// <exception cref="StartException">A setting is wrong. The message names the first that is.</exception>
    /// <param name="explain">A sentence for what a library threw about a setting.</param>
    public static LocalOptions Read(IConfiguration settings, Func<Exception, string?>? explain = null)
    {
        var options = new LocalOptions();
        try
        {
            settings.GetSection(Section).Bind(options);
        }
        catch (InvalidOperationException e)
        {
            throw new StartException(explain?.Invoke(e) ?? e.Message, e);
        }

        var wrong = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true))
            throw new StartException($"The setting {Section}__{wrong[0].MemberNames.First()} is wrong: {wrong[0].ErrorMessage}");
        if (string.IsNullOrWhiteSpace(settings[DevelopmentKeys.FunctionsSetting]))
            throw new StartException(
                $"The setting {DevelopmentKeys.FunctionsSetting} is wrong: it is empty. Leave it out on a development machine, or set a long random key.");
        if (options.IsOpen && DevelopmentKeys.AreUsed(settings))
            throw new StartException(
                $"The setting {Section}__{nameof(Address)} opens the host to others, so {DevelopmentKeys.FunctionsSetting} and {Section}__{nameof(QueueKeys)}__<name> must be set, too.");
        return options;
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IPAddress.TryParse(Address, out _))
            yield return new($"'{Address}' is not an IP address.", [nameof(Address)]);
        foreach (var (name, value) in QueueKeys)
        {
            if (!Amqp.QueueKey.TryParse(name, value, out _))
                yield return new(
                    "It is not 'key:claims' or 'key:claims:sources', with the claims Send, Listen or Manage and sources such as /dms/D021 or *, several parted by commas.", [$"{nameof(QueueKeys)}__{name}"]);
        }
    }
}
