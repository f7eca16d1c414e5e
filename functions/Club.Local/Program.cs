using Club.Local;
using Club.Local.Cli;

return await CommandLine.Run(args, ClubComposition.Club);
