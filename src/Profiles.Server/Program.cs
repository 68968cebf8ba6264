using Profiles.Server.Commands;

return await CommandLine.InvokeAsync(args);
